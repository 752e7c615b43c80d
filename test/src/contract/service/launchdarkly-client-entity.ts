import * as LaunchDarkly from "launchdarkly-node-client-sdk";
import type { Commands, Parameters } from "./command.ts";
import type { Configuration } from "./configuration.ts";
import type { Entity, Subject } from "./test-service.ts";

/** LaunchDarkly's client-side SDK in Node, so that cases can be held against it. */
export const launchDarklyClientSubject: Subject = {
  name: "launchdarkly-node-client-sdk",
  clientVersion: "3",
  capabilities: ["client-side", "service-endpoints", "inline-context-all", "client-prereq-events"],
  create: (configuration) => LaunchDarklyClientEntity.create(configuration),
};

class LaunchDarklyClientEntity implements Entity {
  readonly #client: LaunchDarkly.LDClient;

  private constructor(client: LaunchDarkly.LDClient) {
    this.#client = client;
  }

  static async create(configuration: Configuration): Promise<LaunchDarklyClientEntity> {
    const context = contextOf(configuration.clientSide?.initialContext);
    const client = LaunchDarkly.initialize(
      configuration.credential,
      context,
      clientOptions(configuration),
    );
    try {
      await client.waitForInitialization(configuration.startWaitTimeMs / 1_000);
    } catch (cause) {
      if (configuration.initCanFail !== true) {
        await client.close();
        throw new Error(`the client did not start: ${String(cause)}`, { cause });
      }
    }
    return new LaunchDarklyClientEntity(client);
  }

  get commands(): Commands {
    const client = this.#client;
    return {
      evaluate: (given) => this.#evaluate(given),
      evaluateAll: () => ({ state: client.allFlags() }),
      identifyEvent: async ({ context }) => {
        await client.identify(contextOf(context));
      },
      customEvent: ({ eventKey, data, omitNullData, metricValue }) => {
        const isOmitted = data === undefined || (data === null && omitNullData === true);
        client.track(eventKey, isOmitted ? undefined : data, metricValue);
      },
      flushEvents: () => client.flush(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }

  #evaluate({ flagKey, detail, defaultValue }: Parameters<"evaluate">): object {
    const fallback = defaultValue ?? null;
    if (detail !== true) return { value: this.#client.variation(flagKey, fallback) };
    const { value, variationIndex, reason } = this.#client.variationDetail(flagKey, fallback);
    return { value, variationIndex, reason };
  }
}

/** Whether it is a context at all is for the SDK to find out. */
function contextOf(given: object | undefined): LaunchDarkly.LDContext {
  return (given ?? {}) as LaunchDarkly.LDContext;
}

function clientOptions(configuration: Configuration): LaunchDarkly.LDOptions {
  const { serviceEndpoints, streaming, polling, events, clientSide } = configuration;
  const given = {
    baseUrl: polling?.baseUri ?? serviceEndpoints?.polling ?? streaming?.baseUri,
    streamUrl: streaming?.baseUri ?? serviceEndpoints?.streaming,
    eventsUrl: events?.baseUri ?? serviceEndpoints?.events,
    streaming: streaming !== undefined,
    streamReconnectDelay: streaming?.initialRetryDelayMs,
    evaluationReasons: clientSide?.evaluationReasons,
    hash: clientSide?.hash,
    sendEvents: events !== undefined,
    eventCapacity: events?.capacity,
    flushInterval: events?.flushIntervalMs,
    allAttributesPrivate: events?.allAttributesPrivate,
    privateAttributes: events?.globalPrivateAttributes,
    diagnosticOptOut: true,
    logger: LaunchDarkly.basicLogger({ level: "none" }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
