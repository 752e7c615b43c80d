import type { Context, Json, JsonObject } from "@halyard/evaluation";
import type { Tally } from "./tally.ts";

interface FlagSummary {
  readonly default: Json;
  readonly contextKinds: Set<string>;
  readonly counters: JsonObject[];
}

interface UnknownFlag {
  readonly fallback: unknown;
  readonly contextKinds: Set<string>;
  count: number;
}

/** Distinct unknown keys counted between two deliveries; an app that makes keys up stays small. */
const unknownCapacity = 1_000;

/** Counts evaluations by flag, variation and version, so that each need not be sent. */
export class Summary {
  readonly #now: () => number;
  #tallies: Tally[] = [];
  readonly #unknown = new Map<string, UnknownFlag>();
  #startDate = 0;

  /** Takes a clock that gives Unix milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** To be called before a tally's first count since the last {@link take}. */
  include(tally: Tally): void {
    this.#start();
    this.#tallies.push(tally);
  }

  addUnknown(key: string, context: Context, fallback: unknown): void {
    this.#start();
    let flag = this.#unknown.get(key);
    if (flag === undefined) {
      if (this.#unknown.size >= unknownCapacity) return;
      flag = { fallback, contextKinds: new Set(), count: 0 };
      this.#unknown.set(key, flag);
    }
    for (const kind of context.kinds) flag.contextKinds.add(kind);
    flag.count += 1;
  }

  /** The event for what was counted since the last one; undefined where nothing was. */
  take(): JsonObject | undefined {
    if (this.#isEmpty) return undefined;
    const features = new Map<string, FlagSummary>();
    for (const tally of this.#tallies) addTally(features, tally);
    for (const [key, flag] of this.#unknown) addUnknown(features, key, flag);
    this.#tallies = [];
    this.#unknown.clear();
    const entries = [...features].map(([key, flag]): [string, JsonObject] => [
      key,
      { ...flag, contextKinds: [...flag.contextKinds] },
    ]);
    return {
      kind: "summary",
      startDate: this.#startDate,
      endDate: this.#now(),
      features: Object.fromEntries(entries),
    };
  }

  get #isEmpty(): boolean {
    return this.#tallies.length === 0 && this.#unknown.size === 0;
  }

  #start(): void {
    if (this.#isEmpty) this.#startDate = this.#now();
  }
}

/** A flag that changed meanwhile has a tally for each of its versions. */
function addTally(features: Map<string, FlagSummary>, tally: Tally): void {
  const flag = summaryOf(features, tally.key, tally.fallback);
  for (const kind of tally.contextKinds) flag.contextKinds.add(kind);
  flag.counters.push(...tally.take());
}

function addUnknown(features: Map<string, FlagSummary>, key: string, unknown: UnknownFlag): void {
  const fallback = unknown.fallback as Json;
  const flag = summaryOf(features, key, fallback);
  for (const kind of unknown.contextKinds) flag.contextKinds.add(kind);
  flag.counters.push({ unknown: true, value: fallback, count: unknown.count });
}

function summaryOf(features: Map<string, FlagSummary>, key: string, fallback: Json): FlagSummary {
  const known = features.get(key);
  if (known !== undefined) return known;
  const flag = { default: fallback, contextKinds: new Set<string>(), counters: [] };
  features.set(key, flag);
  return flag;
}
