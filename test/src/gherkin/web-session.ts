import { HalyardWebProvider, type WebProviderOptions } from "@halyard/sdk/openfeature/web";
import { type Client, OpenFeature, ProviderEvents } from "@openfeature/web-sdk";
import type { LineState } from "./line.ts";
import type {
  Contexts,
  Details,
  Level,
  Question,
  RecordingHook,
  Session,
  Standing,
} from "./session.ts";
import { descriptions } from "./spec-flags.ts";

/** What the page is told of the real server. */
export interface Place {
  readonly baseUri: string;
  readonly clientSideId: string;
}

const ignore = (): void => undefined;
const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };

/** OpenFeature's web SDK over our provider, in a page; the context is the page's. */
export class WebSession implements Session {
  readonly levels: readonly Level[] = ["API"];
  readonly ownLevel = "API";
  readonly isSynchronous = true;
  readonly #place: Place;
  readonly #turnLine: (state: LineState) => Promise<void>;
  readonly #client: Client = OpenFeature.getClient();
  #given = "{}";

  constructor(place: Place, turnLine: (state: LineState) => Promise<void>) {
    this.#place = place;
    this.#turnLine = turnLine;
  }

  async start(standing: Standing, options: { readonly answerMetadata: boolean }): Promise<void> {
    await OpenFeature.clearProviders();
    localStorage.clear();
    const stable = { ...options, timeout: 10 };
    if (standing === "cached") {
      await OpenFeature.setProviderAndWait(this.#provider(stable));
      await OpenFeature.clearProviders();
      await this.#turnLine("cut");
    }
    if (standing === "not ready" || standing === "error") await this.#turnLine("silent");
    const provider =
      standing === "fatal"
        ? this.#provider(stable, "000000000000000000000000")
        : this.#provider(standing === "error" ? { ...stable, timeout: 0.01 } : stable);
    // The SDK tells of a failed start by its status, too; that is what the scenarios ask for.
    const started = OpenFeature.setProviderAndWait(provider).catch(ignore);
    if (standing !== "not ready") await started;
    if (standing !== "stale") return;
    const stale = new Promise<void>((resolve) => {
      this.#client.addHandler(ProviderEvents.Stale, () => resolve());
    });
    await this.#turnLine("cut");
    await stale;
  }

  status(): string {
    return this.#client.providerStatus;
  }

  addHook(hook: RecordingHook): void {
    this.#client.addHooks(hook);
  }

  async details(
    question: Question,
    contexts: Contexts,
    more: readonly RecordingHook[],
  ): Promise<Details> {
    const context = contexts.get("API") ?? {};
    const given = JSON.stringify(context);
    if (given !== this.#given) await OpenFeature.setContext(context);
    this.#given = given;
    const { key } = question;
    const hooks = { hooks: [...more] };
    switch (question.type) {
      case "Boolean":
        return this.#client.getBooleanDetails(key, question.fallback, hooks);
      case "String":
        return this.#client.getStringDetails(key, question.fallback, hooks);
      case "Integer":
      case "Float":
        return this.#client.getNumberDetails(key, question.fallback, hooks);
      case "Object":
        return this.#client.getObjectDetails(key, question.fallback, hooks);
      default:
        return question satisfies never;
    }
  }

  /** The address of the stream holds it. */
  seenContext(): Readonly<Record<string, unknown>> {
    const path = streams.at(-1)?.pathname.split("/").at(-1) ?? "";
    const bytes = Uint8Array.from(
      atob(path.replaceAll("-", "+").replaceAll("_", "/")),
      (character) => character.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  async close(): Promise<void> {
    this.#client.clearHooks();
    await OpenFeature.clearProviders();
    await OpenFeature.clearContexts();
    await this.#turnLine("open");
  }

  #provider(
    options: WebProviderOptions,
    clientSideId = this.#place.clientSideId,
  ): HalyardWebProvider {
    const { baseUri } = this.#place;
    return new HalyardWebProvider(clientSideId, {
      baseUri,
      logger,
      sendEvents: false,
      flags: descriptions,
      ...options,
    });
  }
}

const streams: URL[] = [];

window.EventSource = class extends EventSource {
  constructor(url: string | URL) {
    super(url);
    streams.push(new URL(url));
  }
};
