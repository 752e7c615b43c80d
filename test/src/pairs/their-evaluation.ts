import type { Json, Reason } from "@halyard/evaluation";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";
import type { Answers } from "./answer.ts";
import { membershipOf } from "./big-segments.ts";

type Items = LaunchDarkly.LDFeatureStoreKindData;

/** What the SDK says of each flag, beside its value. */
interface FlagMetadata {
  readonly variation?: number;
  readonly reason: Reason;
  readonly prerequisites?: readonly string[];
}

/** LaunchDarkly's SDK for Node over the flags that are put in front of it. */
export class TheirEvaluation implements Disposable {
  readonly #client: LaunchDarkly.LDClient;
  readonly #store: Store;

  private constructor(client: LaunchDarkly.LDClient, store: Store) {
    this.#client = client;
    this.#store = store;
  }

  static async start(): Promise<TheirEvaluation> {
    const store = new Store();
    const client = LaunchDarkly.init("sdk-of-nobody", {
      // It reads its store and connects to nothing.
      useLdd: true,
      sendEvents: false,
      featureStore: store,
      bigSegments: { store: () => bigSegmentStore, userCacheSize: 100, statusPollInterval: 3600 },
      logger: LaunchDarkly.basicLogger({ level: "none" }),
    });
    await client.waitForInitialization({ timeout: 10 });
    return new TheirEvaluation(client, store);
  }

  /** Takes the JSON that a poll answers, through the SDK's own reader. */
  load(json: string): void {
    const read = LaunchDarkly.deserializePoll(json);
    if (read === undefined) throw new Error("the SDK cannot read the flags");
    this.#store.items = { features: read.flags, segments: read.segments };
  }

  async answers(context: object): Promise<Answers> {
    // Contexts include broken ones on purpose; the types of the SDK would refuse them.
    const given = context as LaunchDarkly.LDContext;
    const state = await this.#client.allFlagsState(given, { withReasons: true });
    if (!state.valid) return undefined;
    // The documented form in which pages get a state: values by key, and this member.
    const { $flagsState, ...values } = state.toJSON() as Record<string, Json> & {
      $flagsState: Record<string, FlagMetadata>;
    };
    return new Map(
      Object.entries($flagsState).map(([key, { variation, reason, prerequisites }]) => {
        const value = values[key] ?? null;
        const variationIndex = variation ?? null;
        return [key, { value, variationIndex, reason, prerequisites: prerequisites ?? [] }];
      }),
    );
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}

/** A store that holds what the last poll gave, without a copy. */
class Store implements LaunchDarkly.LDFeatureStore {
  items: Readonly<Record<string, Items>> = {};

  get(
    { namespace }: { namespace: string },
    key: string,
    callback: (item: LaunchDarkly.LDFeatureStoreItem | null) => void,
  ): void {
    const items = this.items[namespace] ?? {};
    const item = Object.hasOwn(items, key) ? items[key] : undefined;
    callback(item === undefined || item.deleted === true ? null : item);
  }

  all({ namespace }: { namespace: string }, callback: (items: Items) => void): void {
    callback(this.items[namespace] ?? {});
  }

  initialized(callback: (isInitialized: boolean) => void): void {
    callback(true);
  }

  init(): void {
    throw new Error("nothing fills this store but a poll");
  }

  upsert(): void {
    throw new Error("nothing changes this store but a poll");
  }

  delete(): void {
    throw new Error("nothing deletes from this store");
  }

  close(): void {
    this.items = {};
  }
}

const bigSegmentStore = {
  getMetadata: async () => ({ lastUpToDate: Date.now() }),
  getUserMembership: async (hash: string) => membershipOf(hash),
  close: () => undefined,
};
