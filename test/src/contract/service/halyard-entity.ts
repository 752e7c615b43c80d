import {
  createMigration,
  type Detail,
  type HalyardClient,
  init,
  type Outcome,
  type SendToRedis,
} from "@halyard/sdk";
import { Redis } from "ioredis";
import { OrderedPosts, post } from "./callbacks.ts";
import type { Commands, Parameters } from "./command.ts";
import type { Configuration } from "./configuration.ts";
import { contextCommands } from "./context-commands.ts";
import { halyardOptions } from "./halyard-options.ts";
import type { Entity } from "./test-service.ts";

/** A client of our SDK, as commands ask it. */
export class HalyardEntity implements Entity {
  readonly #client: HalyardClient;
  readonly #posts = new OrderedPosts();
  readonly #listeners = new Map<string, () => void>();
  readonly #connections: Redis[] = [];

  private constructor(configuration: Configuration) {
    const redis = (dsn: string): SendToRedis => {
      const connection = new Redis(dsn, { maxRetriesPerRequest: 1 });
      // What it has to say is said by the command that fails.
      connection.on("error", () => undefined);
      this.#connections.push(connection);
      return ([name, ...rest]) => connection.call(name, ...rest);
    };
    const options = halyardOptions(configuration, { posts: this.#posts, redis });
    this.#client = init(configuration.credential, options);
  }

  static async create(configuration: Configuration): Promise<HalyardEntity> {
    const entity = new HalyardEntity(configuration);
    const timeout = configuration.startWaitTimeMs / 1_000;
    const { status, error } = await entity.#client.waitForInitialization({ timeout });
    if (status !== "complete" && configuration.initCanFail !== true) {
      await entity[Symbol.asyncDispose]();
      throw new Error(`the client did not start: ${status}`, { cause: error });
    }
    return entity;
  }

  get commands(): Commands {
    const client = this.#client;
    return {
      ...contextCommands,
      evaluate: (given) => this.#evaluate(given),
      evaluateAll: async ({ context, user, ...options }) => {
        const whom = context ?? user ?? {};
        await client.loadBigSegments(whom);
        return { state: client.allFlagsState(whom, definedOptions(options)) };
      },
      identifyEvent: ({ context, user }) => client.identify(context ?? user ?? {}),
      customEvent: ({ context, user, eventKey, data, omitNullData, metricValue }) => {
        const isOmitted = data === undefined || (data === null && omitNullData === true);
        client.track(eventKey, context ?? user ?? {}, isOmitted ? undefined : data, metricValue);
      },
      flushEvents: () => client.flush(),
      getBigSegmentStoreStatus: async () => {
        const state = await client.checkBigSegments();
        return { available: state?.isAvailable ?? false, stale: state?.isStale ?? false };
      },
      secureModeHash: ({ context, user }) => ({
        result: client.secureModeHash(context ?? user ?? {}),
      }),
      migrationVariation: ({ key, context, defaultStage }) => ({
        result: client.migrationVariation(key, context, stageOf(defaultStage)).value,
      }),
      migrationOperation: (given) => this.#migrate(given),
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
    for (const connection of this.#connections) connection.disconnect();
  }

  async #evaluate({ flagKey, detail, ...given }: Parameters<"evaluate">): Promise<object> {
    const whom = given.context ?? given.user ?? {};
    await this.#client.loadBigSegments(whom, flagKey);
    const asked = { flagKey, whom, fallback: given.defaultValue ?? null };
    if (detail !== true) return { value: this.#value(asked, given.valueType) };
    const { value, variationIndex, reason } = this.#detail(asked, given.valueType);
    return { value, variationIndex, reason };
  }

  #value({ flagKey, whom, fallback }: Asked, type: ValueType): unknown {
    const client = this.#client;
    if (type === "bool") return client.boolVariation(flagKey, whom, fallback as boolean);
    if (type === "string") return client.stringVariation(flagKey, whom, fallback as string);
    if (type === "int" || type === "double") {
      return client.numberVariation(flagKey, whom, fallback as number);
    }
    return client.variation(flagKey, whom, fallback);
  }

  #detail({ flagKey, whom, fallback }: Asked, type: ValueType): Detail<unknown> {
    const client = this.#client;
    if (type === "bool") return client.boolVariationDetail(flagKey, whom, fallback as boolean);
    if (type === "string") return client.stringVariationDetail(flagKey, whom, fallback as string);
    if (type === "int" || type === "double") {
      return client.numberVariationDetail(flagKey, whom, fallback as number);
    }
    return client.variationDetail(flagKey, whom, fallback);
  }

  async #migrate(given: Parameters<"migrationOperation">): Promise<object> {
    const { key, context, operation, payload = "" } = given;
    const stage = stageOf(given.defaultStage);
    const old = (): Promise<string> => post(given.oldEndpoint, payload);
    const fresh = (): Promise<string> => post(given.newEndpoint, payload);
    const migration = createMigration<string, string, string>(this.#client, {
      readOld: old,
      readNew: fresh,
      writeOld: old,
      writeNew: fresh,
      reading: given.readExecutionOrder,
      trackLatency: given.trackLatency ?? false,
      trackErrors: given.trackErrors ?? false,
      ...(given.trackConsistency === true ? { isSame: (a, b) => a === b } : {}),
    });
    if (operation === "read") return resultOf(await migration.read(key, context, stage, payload));
    return resultOf((await migration.write(key, context, stage, payload)).authoritative);
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
    const { listenerId, flagKey, context = {}, defaultValue = null, callbackUri } = given;
    const end = this.#client.onValueChange(
      flagKey,
      context,
      defaultValue,
      ({ key, oldValue, newValue }) =>
        this.#posts.add(callbackUri, { listenerId, flagKey: key, oldValue, newValue }),
    );
    this.#listeners.set(listenerId, end);
  }
}

interface Asked {
  readonly flagKey: string;
  readonly whom: object;
  readonly fallback: (Parameters<"evaluate">["defaultValue"] & {}) | null;
}

type ValueType = Parameters<"evaluate">["valueType"];

const stages = ["off", "dualwrite", "shadow", "live", "rampdown", "complete"] as const;

function stageOf(name: string): (typeof stages)[number] {
  const stage = stages.find((one) => one === name);
  if (stage === undefined) throw new TypeError(`there is no stage ${name}`);
  return stage;
}

function resultOf(outcome: Outcome<string>): { result: string } {
  return { result: outcome.isOk ? outcome.value : "" };
}

function definedOptions<T extends object>(
  options: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
