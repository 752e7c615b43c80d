import * as LaunchDarkly from "@launchdarkly/node-server-sdk";
import { OrderedPosts, post } from "./callbacks.ts";
import type { Commands, Parameters } from "./command.ts";
import type { Configuration } from "./configuration.ts";
import { launchDarklyOptions } from "./launchdarkly-options.ts";
import type { Entity, Subject } from "./test-service.ts";

/** LaunchDarkly's SDK for Node, so that cases can be held against it. */
export const launchDarklySubject: Subject = {
  name: "launchdarkly-node-server-sdk",
  clientVersion: "9",
  capabilities: [
    "server-side",
    "server-side-polling",
    "strongly-typed",
    "all-flags-client-side-only",
    "all-flags-details-only-for-tracked-flags",
    "all-flags-with-reasons",
    "service-endpoints",
    "tags",
    "big-segments",
    "filtering",
    "filtering-strict",
    "user-type",
    "migrations",
    "event-sampling",
    "event-gzip",
    "optional-event-gzip",
    "inline-context-all",
    "anonymous-redaction",
    "evaluation-hooks",
    "secure-mode-hash",
    "wrapper",
    "instance-id",
    "client-prereq-events",
    "fdv1-fallback",
    "tls:verify-peer",
    "tls:skip-verify-peer",
    "tls:custom-ca",
  ],
  create: (configuration) => LaunchDarklyEntity.create(configuration),
};

class LaunchDarklyEntity implements Entity {
  readonly #client: LaunchDarkly.LDClient;

  private constructor(client: LaunchDarkly.LDClient) {
    this.#client = client;
  }

  static async create(configuration: Configuration): Promise<LaunchDarklyEntity> {
    const options = launchDarklyOptions(configuration, new OrderedPosts());
    const client = LaunchDarkly.init(configuration.credential, options);
    const timeout = configuration.startWaitTimeMs / 1_000;
    try {
      await client.waitForInitialization({ timeout });
    } catch (cause) {
      if (configuration.initCanFail !== true) {
        client.close();
        throw new Error(`the client did not start: ${String(cause)}`, { cause });
      }
    }
    return new LaunchDarklyEntity(client);
  }

  get commands(): Commands {
    const client = this.#client;
    return {
      evaluate: (given) => this.#evaluate(given),
      evaluateAll: async ({
        withReasons,
        clientSideOnly,
        detailsOnlyForTrackedFlags,
        ...about
      }) => ({
        state: await client.allFlagsState(whomOf(about), {
          withReasons: withReasons ?? false,
          clientSideOnly: clientSideOnly ?? false,
          detailsOnlyForTrackedFlags: detailsOnlyForTrackedFlags ?? false,
        }),
      }),
      identifyEvent: (about) => client.identify(whomOf(about)),
      customEvent: ({ eventKey, data, omitNullData, metricValue, ...about }) => {
        const isOmitted = data === undefined || (data === null && omitNullData === true);
        client.track(eventKey, whomOf(about), isOmitted ? undefined : data, metricValue);
      },
      // What it cannot deliver it tells here, too; whoever tests looks at what arrives.
      flushEvents: () => client.flush().catch(() => undefined),
      getBigSegmentStoreStatus: () => client.bigSegmentStoreStatusProvider.requireStatus(),
      secureModeHash: (about) => ({ result: client.secureModeHash(whomOf(about)) }),
      migrationVariation: async ({ key, context, defaultStage }) => {
        const stage = stageOf(defaultStage);
        const { value } = await client.migrationVariation(key, whomOf({ context }), stage);
        return { result: value };
      },
      migrationOperation: (given) => this.#migrate(given),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.flush().catch(() => undefined);
    this.#client.close();
  }

  async #evaluate({ flagKey, detail, ...given }: Parameters<"evaluate">): Promise<object> {
    const whom = whomOf(given);
    const fallback = given.defaultValue ?? null;
    if (detail !== true)
      return { value: await this.#value(flagKey, whom, fallback, given.valueType) };
    return this.#detail(flagKey, whom, fallback, given.valueType);
  }

  #value(key: string, whom: Whom, fallback: unknown, type: ValueType): Promise<unknown> {
    const client = this.#client;
    if (type === "bool") return client.boolVariation(key, whom, fallback as boolean);
    if (type === "string") return client.stringVariation(key, whom, fallback as string);
    if (type === "int" || type === "double") {
      return client.numberVariation(key, whom, fallback as number);
    }
    return client.variation(key, whom, fallback);
  }

  #detail(key: string, whom: Whom, fallback: unknown, type: ValueType): Promise<object> {
    const client = this.#client;
    if (type === "bool") return client.boolVariationDetail(key, whom, fallback as boolean);
    if (type === "string") return client.stringVariationDetail(key, whom, fallback as string);
    if (type === "int" || type === "double") {
      return client.numberVariationDetail(key, whom, fallback as number);
    }
    return client.variationDetail(key, whom, fallback);
  }

  async #migrate(given: Parameters<"migrationOperation">): Promise<object> {
    const { key, context, operation, payload = "" } = given;
    const ask = (url: string) => async () => {
      try {
        return LaunchDarkly.LDMigrationSuccess(await post(url, payload));
      } catch (cause) {
        return LaunchDarkly.LDMigrationError(cause as Error);
      }
    };
    const [old, fresh] = [ask(given.oldEndpoint), ask(given.newEndpoint)];
    const migration = LaunchDarkly.createMigration<string, string>(this.#client, {
      readOld: old,
      readNew: fresh,
      writeOld: old,
      writeNew: fresh,
      execution: executionOf(given.readExecutionOrder),
      latencyTracking: given.trackLatency ?? false,
      errorTracking: given.trackErrors ?? false,
      ...(given.trackConsistency === true ? { check: (a: string, b: string) => a === b } : {}),
    });
    const stage = stageOf(given.defaultStage);
    const whom = whomOf({ context });
    const outcome =
      operation === "read"
        ? await migration.read(key, whom, stage)
        : (await migration.write(key, whom, stage)).authoritative;
    return { result: outcome.success ? outcome.result : "" };
  }
}

type Whom = LaunchDarkly.LDContext;
type ValueType = Parameters<"evaluate">["valueType"];

/** Whether it is a context at all is for the SDK to find out. */
function whomOf({
  context,
  user,
}: {
  context?: object | undefined;
  user?: object | undefined;
}): Whom {
  return (context ?? user ?? {}) as Whom;
}

function stageOf(name: string): LaunchDarkly.LDMigrationStage {
  const stage = Object.values(LaunchDarkly.LDMigrationStage).find((one) => one === name);
  if (stage === undefined) throw new TypeError(`there is no stage ${name}`);
  return stage;
}

function executionOf(order: Parameters<"migrationOperation">["readExecutionOrder"]) {
  if (order === "concurrent") return new LaunchDarkly.LDConcurrentExecution();
  const { Fixed, Random } = LaunchDarkly.LDExecutionOrdering;
  return new LaunchDarkly.LDSerialExecution(order === "random" ? Random : Fixed);
}
