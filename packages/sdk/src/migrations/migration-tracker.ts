import type { Context, EvaluationResult, Flag, Json, JsonObject } from "@halyard/evaluation";
import type { Origin, Stage } from "./stage.ts";

export interface TrackedMigration {
  readonly key: string;
  readonly stage: Stage;
  readonly defaultStage: Stage;
  readonly context: Context | undefined;
  readonly result: EvaluationResult;
  readonly flag: Flag | undefined;
}

/** Collects what became of one read or write, for `trackMigration`. */
export class MigrationTracker {
  readonly #tracked: TrackedMigration;
  readonly #random: () => number;
  #operation: "read" | "write" | undefined;
  readonly #invoked = new Set<Origin>();
  readonly #errors = new Set<Origin>();
  readonly #latencies = new Map<Origin, number>();
  #isConsistent: boolean | undefined;

  /** Takes a source of numbers from 0 up to 1. */
  constructor(tracked: TrackedMigration, random: () => number) {
    this.#tracked = tracked;
    this.#random = random;
  }

  /** Says which of the two it is about; without it there is no event. */
  operation(operation: "read" | "write"): void {
    this.#operation = operation;
  }

  /** Notes that the system was asked. */
  invoked(origin: Origin): void {
    this.#invoked.add(origin);
  }

  /** Notes that the system failed. */
  error(origin: Origin): void {
    this.#errors.add(origin);
  }

  /** Notes how long the system took. What is no length of time is left out. */
  latency(origin: Origin, ms: number): void {
    if (Number.isFinite(ms) && ms >= 0) this.#latencies.set(origin, ms);
  }

  /** Compares where the flag's check ratio says so; a comparison that throws counts for nothing. */
  consistency(isConsistent: () => boolean): void {
    const ratio = this.#checkRatio;
    if (ratio === 0 || (ratio > 1 && this.#random() * ratio >= 1)) return;
    try {
      this.#isConsistent = isConsistent();
    } catch {
      this.#isConsistent = undefined;
    }
  }

  /** Whom it is about; undefined for a wrong context. */
  get context(): Context | undefined {
    return this.#tracked.context;
  }

  /** One event in so many is sent; undefined where the flag says nothing. */
  get samplingRatio(): number | undefined {
    const ratio = this.#tracked.flag?.samplingRatio;
    return typeof ratio === "number" ? ratio : undefined;
  }

  /** What the event says besides its context, or why there can be none. */
  event(): JsonObject | Error {
    const { key, stage, defaultStage, result, flag } = this.#tracked;
    const operation = this.#operation;
    if (key === "") return new Error("a migration needs the key of a flag");
    if (operation === undefined) return new Error("the operation was not said: read or write");
    if (this.#tracked.context === undefined) return new Error("the context is wrong");
    if (this.#invoked.size === 0) return new Error("neither old nor new was invoked");
    const contradiction = this.#contradiction();
    if (contradiction !== undefined) return new Error(contradiction);
    const ratio = this.samplingRatio;
    return {
      kind: "migration_op",
      operation,
      evaluation: {
        key,
        value: stage,
        default: defaultStage,
        reason: { ...result.reason },
        ...(result.variationIndex === null ? {} : { variation: result.variationIndex }),
        ...(flag === undefined ? {} : { version: flag.version }),
      },
      measurements: this.#measurements(),
      ...(ratio === undefined || ratio === 1 ? {} : { samplingRatio: ratio }),
    };
  }

  get #checkRatio(): number {
    return this.#tracked.flag?.migration?.checkRatio ?? 1;
  }

  #contradiction(): string | undefined {
    for (const origin of ["old", "new"] as const) {
      if (this.#invoked.has(origin)) continue;
      if (this.#latencies.has(origin)) return `${origin} has a latency and was not invoked`;
      if (this.#errors.has(origin)) return `${origin} has an error and was not invoked`;
    }
    if (this.#isConsistent !== undefined && this.#invoked.size < 2) {
      return "two answers were compared and only one was invoked";
    }
    return undefined;
  }

  #measurements(): JsonObject[] {
    const flags = (origins: ReadonlySet<Origin>) =>
      Object.fromEntries([...origins].map((origin) => [origin, true]));
    const ratio = this.#checkRatio;
    const measurements: JsonObject[] = [{ key: "invoked", values: flags(this.#invoked) }];
    if (this.#isConsistent !== undefined) {
      const value: Json = this.#isConsistent;
      measurements.push({ key: "consistent", value, samplingRatio: ratio });
    }
    if (this.#latencies.size > 0) {
      measurements.push({ key: "latency_ms", values: Object.fromEntries(this.#latencies) });
    }
    if (this.#errors.size > 0) {
      measurements.push({ key: "error", values: flags(this.#errors) });
    }
    return measurements;
  }
}
