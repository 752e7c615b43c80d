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
import { FlagListing } from "./flag-listing.ts";
import type { ListingStore } from "./store.ts";

/** What a state of all flags holds. */
export interface AllFlagsOptions {
  /** Only flags that browsers may see. */
  readonly clientSideOnly?: boolean;
  readonly withReasons?: boolean;
  /** Leaves version and reason out where no events will need them. */
  readonly detailsOnlyForTrackedFlags?: boolean;
}

/** What every flag of a listing gave. */
interface Given {
  readonly flags: FlagListing;
  /** In the flags' order. */
  readonly results: readonly EvaluationResult[];
  /** By the key of each flag that has any, the keys of the prerequisites that it asked for itself. */
  readonly prerequisites: ReadonlyMap<string, readonly string[]>;
}

/** Every flag's value for one context, at one moment; a browser client starts from its JSON. */
export class AllFlagsState {
  /** False where no flags had arrived, or the context is wrong. */
  readonly valid: boolean;
  readonly #given: Given;
  /** Once one is asked for. */
  #resultsByKey: ReadonlyMap<string, EvaluationResult> | undefined;
  readonly #options: AllFlagsOptions;
  readonly #now: number;

  /** Now, in Unix milliseconds, decides which flags are being debugged. */
  constructor(valid: boolean, given: Given, options: AllFlagsOptions, now: number) {
    this.valid = valid;
    this.#given = given;
    this.#options = options;
    this.#now = now;
  }

  /** Null where the flag gives no value, undefined where there is no such flag. */
  getFlagValue(key: string): Json | undefined {
    return this.#find(key)?.value;
  }

  /** Why the flag gives what it gives; undefined where there is no such flag. */
  getFlagReason(key: string): Reason | undefined {
    return this.#find(key)?.reason;
  }

  /** Every flag's value by its key. */
  allValues(): JsonObject {
    const { flags, results } = this.#given;
    return flags.valuesOf(results);
  }

  /** What a browser client takes as its `bootstrap`; `JSON.stringify` calls it. */
  toJSON(): JsonObject {
    const details = this.#list((flag, result) => this.#detailsOf(flag, result));
    return {
      ...this.allValues(),
      $flagsState: Object.fromEntries(details),
      $valid: this.valid,
    };
  }

  #find(key: string): EvaluationResult | undefined {
    this.#resultsByKey ??= new Map(this.#list((_flag, result) => result));
    return this.#resultsByKey.get(key);
  }

  #list<T>(partOf: (flag: Flag, result: EvaluationResult) => T): readonly [string, T][] {
    const { flags, results } = this.#given;
    return results.flatMap((result, index): [string, T][] => {
      const flag = flags.flags[index]?.flag;
      return flag === undefined ? [] : [[flag.key, partOf(flag, result)]];
    });
  }

  #detailsOf(flag: Flag, { reason, variationIndex }: EvaluationResult): JsonObject {
    const prerequisites = this.#given.prerequisites.get(flag.key);
    const { withReasons, detailsOnlyForTrackedFlags } = this.#options;
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

const nothingGiven = { flags: new FlagListing([]), results: [], prerequisites: new Map() };

export const invalidFlagsState = new AllFlagsState(false, nothingGiven, {}, 0);

/** Evaluates every flag in the store. Sends no events. */
export function allFlagsStateOf(
  store: ListingStore,
  context: Context,
  options: AllFlagsOptions & { readonly now: number },
): AllFlagsState {
  const flags = options.clientSideOnly === true ? store.listing.forBrowsers : store.listing;
  const results: EvaluationResult[] = [];
  const prerequisites = new Map<string, string[]>();
  let evaluating: Flag | undefined;
  const onPrerequisite: OnPrerequisite = ({ key }, _result, asking) => {
    // What a prerequisite requires in turn is among its own.
    if (asking !== evaluating) return;
    const known = prerequisites.get(asking.key);
    if (known === undefined) prerequisites.set(asking.key, [key]);
    else known.push(key);
  };
  for (const one of flags.flags) {
    evaluating = one.flag;
    results.push(evaluatePrepared(one, context, store, onPrerequisite));
  }
  return new AllFlagsState(true, { flags, results, prerequisites }, options, options.now);
}
