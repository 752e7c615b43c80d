import {
  type Context,
  type EvaluationResult,
  evaluatePrepared,
  type Flag,
  isExperiment,
  type Json,
  type JsonObject,
  type OnPrerequisite,
  type Reason,
} from "@halyard/evaluation";
import type { ListingStore } from "./store.ts";

/** What a state of all flags holds. */
export interface AllFlagsOptions {
  /** Only flags that browsers may see. */
  readonly clientSideOnly?: boolean;
  readonly withReasons?: boolean;
  /** Leaves version and reason out where no events will need them. */
  readonly detailsOnlyForTrackedFlags?: boolean;
}

/** What one flag gave. */
interface Given {
  readonly flag: Flag;
  readonly result: EvaluationResult;
  /** Keys of the prerequisites that the flag itself asked for. */
  readonly prerequisites: readonly string[] | undefined;
}

/** Every flag's value for one context, at one moment; a browser client starts from its JSON. */
export class AllFlagsState {
  /** False where no flags had arrived, or the context is wrong. */
  readonly valid: boolean;
  readonly #given: readonly Given[];
  /** By key, once one is asked for. */
  #byKey: ReadonlyMap<string, Given> | undefined;
  readonly #options: AllFlagsOptions;
  readonly #now: number;

  /** Now, in Unix milliseconds, decides which flags are being debugged. */
  constructor(valid: boolean, given: readonly Given[], options: AllFlagsOptions, now: number) {
    this.valid = valid;
    this.#given = given;
    this.#options = options;
    this.#now = now;
  }

  /** Null where the flag gives no value, undefined where there is no such flag. */
  getFlagValue(key: string): Json | undefined {
    return this.#find(key)?.result.value;
  }

  /** Why the flag gives what it gives; undefined where there is no such flag. */
  getFlagReason(key: string): Reason | undefined {
    return this.#find(key)?.result.reason;
  }

  /** Every flag's value by its key. */
  allValues(): JsonObject {
    // A thousand names cost a fifth where they are not taken for the shape of an object.
    const values: Record<string, Json> = Object.create(null);
    for (const { flag, result } of this.#given) values[flag.key] = result.value;
    return Object.setPrototypeOf(values, Object.prototype) as JsonObject;
  }

  /** What a browser client takes as its `bootstrap`; `JSON.stringify` calls it. */
  toJSON(): JsonObject {
    const details = this.#given.map((given) => [given.flag.key, this.#detailsOf(given)]);
    return {
      ...this.allValues(),
      $flagsState: Object.fromEntries(details),
      $valid: this.valid,
    };
  }

  #find(key: string): Given | undefined {
    this.#byKey ??= new Map(this.#given.map((given) => [given.flag.key, given]));
    return this.#byKey.get(key);
  }

  #detailsOf({ flag, result, prerequisites }: Given): JsonObject {
    const { withReasons, detailsOnlyForTrackedFlags } = this.#options;
    const { reason, variationIndex } = result;
    const trackReason = isExperiment(flag, reason);
    const trackEvents = flag.trackEvents === true || trackReason;
    const { debugEventsUntilDate } = flag;
    const isDebugged = typeof debugEventsUntilDate === "number" && debugEventsUntilDate > this.#now;
    const isFull = detailsOnlyForTrackedFlags !== true || trackEvents || isDebugged;
    const hasReason = isFull && (withReasons === true || trackReason);
    return {
      ...(variationIndex === null ? {} : { variation: variationIndex }),
      ...(isFull ? { version: flag.version } : {}),
      ...(trackEvents ? { trackEvents } : {}),
      ...(trackReason ? { trackReason } : {}),
      ...(hasReason ? { reason: { ...reason } } : {}),
      ...(isDebugged ? { debugEventsUntilDate } : {}),
      ...(prerequisites === undefined ? {} : { prerequisites }),
    };
  }
}

export const invalidFlagsState = new AllFlagsState(false, [], {}, 0);

/** Evaluates every flag in the store. Sends no events. */
export function allFlagsStateOf(
  store: ListingStore,
  context: Context,
  options: AllFlagsOptions & { readonly now: number },
): AllFlagsState {
  const all: Given[] = [];
  let evaluating = "";
  let prerequisites: string[] | undefined;
  const onPrerequisite: OnPrerequisite = (evaluation) => {
    if (evaluation.prerequisiteOf !== evaluating) return;
    prerequisites ??= [];
    prerequisites.push(evaluation.flag.key);
  };
  for (const one of store.preparedFlags()) {
    const { flag } = one;
    if (options.clientSideOnly === true && !isForBrowsers(flag)) continue;
    evaluating = flag.key;
    prerequisites = undefined;
    const result = evaluatePrepared(one, context, store, onPrerequisite);
    all.push({ flag, result, prerequisites });
  }
  return new AllFlagsState(true, all, options, options.now);
}

function isForBrowsers({ clientSideAvailability, clientSide }: Flag): boolean {
  return clientSideAvailability?.usingEnvironmentId ?? clientSide ?? false;
}
