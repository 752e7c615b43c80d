import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type HalyardClient, init } from "@halyard/sdk";
import { HalyardProvider } from "@halyard/sdk/openfeature";
import {
  AsyncLocalStorageTransactionContextPropagator,
  type Client,
  type EvaluationContext,
  type Hook,
  OpenFeature,
  ProviderEvents,
} from "@openfeature/server-sdk";
import {
  type Contexts,
  type Details,
  levels,
  type Question,
  type RecordingHook,
  type Session,
  type Standing,
} from "./session.ts";
import { descriptions } from "./spec-flags.ts";
import type { SpecServer } from "./spec-server.ts";

const ignore = (): void => undefined;
const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };

/** OpenFeature's server SDK over our provider and a client of the real server. */
export class ServerSession implements Session {
  readonly ownLevel = "Invocation";
  readonly levels = levels;
  readonly isSynchronous = false;
  readonly #server: SpecServer;
  readonly #cachePath: string;
  #client: Client = OpenFeature.getClient();
  #seen: Readonly<Record<string, unknown>> = {};

  private constructor(server: SpecServer, cachePath: string) {
    this.#server = server;
    this.#cachePath = cachePath;
  }

  static async begin(server: SpecServer): Promise<ServerSession> {
    OpenFeature.setTransactionContextPropagator(
      new AsyncLocalStorageTransactionContextPropagator(),
    );
    return new ServerSession(server, await mkdtemp(path.join(tmpdir(), "halyard-gherkin-")));
  }

  async start(standing: Standing, options: { readonly answerMetadata: boolean }): Promise<void> {
    const { line } = this.#server;
    // Clients of one server and key share a stream; the one before would already be ready.
    await OpenFeature.clearProviders();
    if (standing === "cached") {
      await using earlier = this.#flags({ cachePath: this.#cachePath });
      await earlier.waitForInitialization();
    }
    if (standing === "cached") line.turn("cut");
    if (standing === "not ready" || standing === "error") line.turn("silent");
    const flags = this.#flags({
      ...(standing === "cached" ? { cachePath: this.#cachePath } : {}),
      ...(standing === "fatal" ? { sdkKey: "sdk-unknown" } : {}),
    });
    flags.addHook({
      getMetadata: () => ({ name: "context" }),
      beforeEvaluation: ({ context }) => {
        this.#seen = { ...context };
        return {};
      },
    });
    const timeout = standing === "error" ? 0.01 : 10;
    const provider = new HalyardProvider(flags, { ...options, timeout, flags: descriptions });
    // The SDK tells of a failed start by its status, too; that is what the scenarios ask for.
    const started = OpenFeature.setProviderAndWait(provider).catch(ignore);
    this.#client = OpenFeature.getClient();
    if (standing !== "not ready") await started;
    if (standing !== "stale") return;
    const stale = new Promise<void>((resolve) => {
      this.#client.addHandler(ProviderEvents.Stale, () => resolve());
    });
    line.turn("cut");
    await stale;
  }

  status(): string {
    return this.#client.providerStatus;
  }

  addHook(hook: RecordingHook): void {
    this.#client.addHooks(hook);
  }

  details(
    question: Question,
    contexts: Contexts,
    hooks: readonly RecordingHook[],
  ): Promise<Details> {
    const { promise, resolve } = Promise.withResolvers<Details>();
    OpenFeature.setContext(contexts.get("API") ?? {});
    this.#client.setContext(contexts.get("Client") ?? {});
    const invocation = contexts.get("Invocation") ?? {};
    OpenFeature.setTransactionContext(contexts.get("Transaction") ?? {}, () =>
      resolve(this.#ask(question, invocation, [giving(contexts.get("Before Hooks")), ...hooks])),
    );
    return promise;
  }

  seenContext(): Readonly<Record<string, unknown>> {
    return this.#seen;
  }

  async close(): Promise<void> {
    await OpenFeature.clearProviders();
    OpenFeature.setContext({});
    this.#client.setContext({});
    this.#client.clearHooks();
    this.#server.line.turn("open");
    await rm(this.#cachePath, { recursive: true, force: true });
  }

  #flags({
    sdkKey = this.#server.sdkKey,
    ...options
  }: {
    sdkKey?: string;
    cachePath?: string;
  }): HalyardClient {
    return init(sdkKey, { baseUri: this.#server.line.url, logger, sendEvents: false, ...options });
  }

  #ask(question: Question, invocation: EvaluationContext, more: readonly Hook[]): Promise<Details> {
    const { key } = question;
    const options = { hooks: [...more] };
    switch (question.type) {
      case "Boolean":
        return this.#client.getBooleanDetails(key, question.fallback, invocation, options);
      case "String":
        return this.#client.getStringDetails(key, question.fallback, invocation, options);
      case "Integer":
      case "Float":
        return this.#client.getNumberDetails(key, question.fallback, invocation, options);
      case "Object":
        return this.#client.getObjectDetails(key, question.fallback, invocation, options);
      default:
        return question satisfies never;
    }
  }
}

/** A hook that adds to the context. */
function giving(context: EvaluationContext = {}): Hook {
  return { before: () => context };
}
