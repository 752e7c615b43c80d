import { type BrowserClient, init, type Options } from "@halyard/sdk/browser";
import { EventSource } from "eventsource";
import { OrderedPosts } from "./callbacks.ts";
import type { Commands, Parameters } from "./command.ts";
import type { Configuration } from "./configuration.ts";
import type { Entity, Subject } from "./test-service.ts";

/** Our client for browsers, in Node: of what a page has, only streams are missing there. */
export const browserSubject: Subject = {
  name: "halyard-browser-sdk",
  clientVersion: "0.1.0",
  capabilities: [
    "client-side",
    "service-endpoints",
    "typed-values",
    "inline-context-all",
    "anonymous-redaction",
    "client-prereq-events",
    "client-prereq-cycle-detection",
    "client-per-context-summaries",
    "flag-change-listeners",
    "flag-value-change-listeners",
  ],
  create: (configuration) => BrowserEntity.create(configuration),
};

class BrowserEntity implements Entity {
  readonly #client: BrowserClient;
  readonly #posts = new OrderedPosts();
  readonly #listeners = new Map<string, () => void>();

  private constructor(client: BrowserClient) {
    this.#client = client;
  }

  static async create(configuration: Configuration): Promise<BrowserEntity> {
    globalThis.EventSource ??= EventSource;
    const context = configuration.clientSide?.initialContext ?? {};
    const client = init(configuration.credential, context, browserOptions(configuration));
    const timeout = configuration.startWaitTimeMs / 1_000;
    const { status, error } = await client.waitForInitialization({ timeout });
    if (status !== "complete" && configuration.initCanFail !== true) {
      await client.close();
      throw new Error(`the client did not start: ${status}`, { cause: error });
    }
    return new BrowserEntity(client);
  }

  get commands(): Commands {
    const client = this.#client;
    return {
      evaluate: (given) => this.#evaluate(given),
      evaluateAll: () => ({ state: client.allFlags() }),
      identifyEvent: async ({ context }) => {
        await client.identify(context ?? {});
      },
      customEvent: ({ eventKey, data, omitNullData, metricValue }) => {
        const isOmitted = data === undefined || (data === null && omitNullData === true);
        client.track(eventKey, isOmitted ? undefined : data, metricValue);
      },
      flushEvents: () => client.flush(),
      registerFlagChangeListener: (given) => this.#listen(given),
      registerFlagValueChangeListener: (given) => this.#listenToValue(given),
      unregisterListener: ({ listenerId }) => {
        this.#listeners.get(listenerId)?.();
        this.#listeners.delete(listenerId);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }

  #evaluate({ flagKey, detail, valueType, defaultValue }: Parameters<"evaluate">): object {
    const client = this.#client;
    const fallback = defaultValue ?? null;
    if (detail === true) {
      const { value, variationIndex, reason } = client.variationDetail(flagKey, fallback);
      return { value, variationIndex, reason };
    }
    if (valueType === "bool") return { value: client.boolVariation(flagKey, fallback as boolean) };
    if (valueType === "string")
      return { value: client.stringVariation(flagKey, fallback as string) };
    if (valueType === "int" || valueType === "double") {
      return { value: client.numberVariation(flagKey, fallback as number) };
    }
    return { value: client.jsonVariation(flagKey, fallback) };
  }

  #listen({ listenerId, flagKey, callbackUri }: Parameters<"registerFlagChangeListener">): void {
    const event =
      flagKey === undefined || flagKey === "" ? "change" : (`change:${flagKey}` as const);
    const listener = ({ key }: { readonly key: string }): void =>
      this.#posts.add(callbackUri, { listenerId, flagKey: key });
    this.#client.on(event, listener);
    this.#listeners.set(listenerId, () => this.#client.off(event, listener));
  }

  #listenToValue(given: Parameters<"registerFlagValueChangeListener">): void {
    const { listenerId, flagKey, defaultValue = null, callbackUri } = given;
    let oldValue = this.#client.peek(flagKey, defaultValue).value;
    const listener = (): void => {
      const newValue = this.#client.peek(flagKey, defaultValue).value;
      this.#posts.add(callbackUri, { listenerId, flagKey, oldValue, newValue });
      oldValue = newValue;
    };
    this.#client.on(`change:${flagKey}`, listener);
    this.#listeners.set(listenerId, () => this.#client.off(`change:${flagKey}`, listener));
  }
}

/** A configuration in the words of our client for browsers. */
function browserOptions(configuration: Configuration): Options {
  const { serviceEndpoints, streaming, polling, events, clientSide } = configuration;
  const streamUri = streaming?.baseUri ?? serviceEndpoints?.streaming;
  return {
    baseUri: polling?.baseUri ?? serviceEndpoints?.polling ?? streamUri,
    streamUri,
    eventsUri: events?.baseUri ?? serviceEndpoints?.events,
    streaming: streaming !== undefined || polling === undefined,
    reconnectDelayMs: streaming?.initialRetryDelayMs,
    withReasons: clientSide?.evaluationReasons,
    hash: clientSide?.hash,
    sendEvents: events !== undefined,
    eventCapacity: events?.capacity,
    flushIntervalMs: events?.flushIntervalMs,
    allAttributesPrivate: events?.allAttributesPrivate,
    privateAttributes: events?.globalPrivateAttributes,
    cache: false,
    warnBeforeReady: false,
    logger: { error: say, warn: say, info: say, debug: say },
  };
}

const say = (): void => undefined;
