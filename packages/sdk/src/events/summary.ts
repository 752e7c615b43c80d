import type { Json, JsonObject } from "@halyard/evaluation";

export interface SummarizedEvaluation {
  readonly key: string;
  /** Undefined where the flag is unknown. */
  readonly version: number | undefined;
  readonly variationIndex: number | null;
  readonly value: unknown;
  readonly fallback: unknown;
  readonly contextKinds: readonly string[];
}

interface Counter {
  readonly about: JsonObject;
  count: number;
}

interface FlagSummary {
  readonly fallback: unknown;
  readonly contextKinds: Set<string>;
  readonly counters: Map<string, Counter>;
}

/** Counts evaluations by flag, variation and version, so that each need not be sent. */
export class Summary {
  #flags = new Map<string, FlagSummary>();
  #startDate = 0;

  add(evaluation: SummarizedEvaluation, now: number): void {
    if (this.#flags.size === 0) this.#startDate = now;
    const flag = this.#flagOf(evaluation);
    for (const kind of evaluation.contextKinds) flag.contextKinds.add(kind);
    const name = `${evaluation.variationIndex}:${evaluation.version}`;
    const counter = flag.counters.get(name);
    if (counter !== undefined) counter.count += 1;
    else flag.counters.set(name, { about: describe(evaluation), count: 1 });
  }

  /** The event for what was counted since the last one; undefined where nothing was. */
  take(now: number): JsonObject | undefined {
    if (this.#flags.size === 0) return undefined;
    const features = [...this.#flags].map(([key, flag]) => [key, representation(flag)]);
    this.#flags = new Map();
    return {
      kind: "summary",
      startDate: this.#startDate,
      endDate: now,
      features: Object.fromEntries(features),
    };
  }

  #flagOf({ key, fallback }: SummarizedEvaluation): FlagSummary {
    const known = this.#flags.get(key);
    if (known !== undefined) return known;
    const flag = { fallback, contextKinds: new Set<string>(), counters: new Map() };
    this.#flags.set(key, flag);
    return flag;
  }
}

function describe({ value, version, variationIndex }: SummarizedEvaluation): JsonObject {
  return {
    value: value as Json,
    ...(version === undefined ? { unknown: true } : { version }),
    ...(variationIndex === null ? {} : { variation: variationIndex }),
  };
}

function representation({ fallback, contextKinds, counters }: FlagSummary): JsonObject {
  return {
    default: fallback as Json,
    contextKinds: [...contextKinds],
    counters: [...counters.values()].map(({ about, count }) => ({ ...about, count })),
  };
}
