import {
  type Context,
  type EvaluationResult,
  type Flag,
  isExperiment,
  type JsonObject,
} from "@halyard/evaluation";
import type { Log } from "../logger.ts";
import type { Delivery } from "./delivery.ts";
import { type Privacy, redactedContext } from "./redaction.ts";
import { SeenContexts } from "./seen-contexts.ts";
import { Summary } from "./summary.ts";

export interface RecorderSettings {
  readonly delivery: Delivery;
  readonly privacy: Privacy;
  readonly capacity: number;
  readonly flushIntervalMs: number;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export interface RecordedEvaluation {
  readonly flag: Flag;
  readonly context: Context;
  readonly result: EvaluationResult;
  /** What the app got. */
  readonly value: unknown;
  readonly fallback: unknown;
  readonly hasReason: boolean;
  /** The key of the flag that asked for this one. */
  readonly prerequisiteOf?: string;
}

/** Collects what happened and delivers it now and then. */
export class Recorder {
  readonly #settings: RecorderSettings;
  readonly #summary = new Summary();
  readonly #seen = new SeenContexts();
  readonly #timer: NodeJS.Timeout;
  /** Events as JSON, so that what the app alters later does not reach them. */
  #queue: string[] = [];
  #delivery: Promise<void> | undefined;
  #isClosed = false;

  constructor(settings: RecorderSettings) {
    this.#settings = settings;
    this.#timer = setInterval(() => {
      if (this.#delivery === undefined) void this.flush();
    }, settings.flushIntervalMs).unref();
  }

  evaluated(evaluation: RecordedEvaluation): void {
    const { flag, context, result, value, fallback } = evaluation;
    const now = this.#settings.now();
    if (flag.excludeFromSummaries !== true) {
      const { key, version } = flag;
      const { variationIndex } = result;
      const contextKinds = context.kinds;
      this.#summary.add({ key, version, variationIndex, value, fallback, contextKinds }, now);
    }
    this.#index(context, now);
    const isExperimental = isExperiment(flag, result.reason);
    const isTracked = flag.trackEvents === true || isExperimental;
    const isDebugged = this.#isDebugged(flag, now);
    if (!(isTracked || isDebugged) || !this.#isSampled(flag.samplingRatio)) return;
    const event = evaluationEvent(evaluation, isExperimental, now);
    if (isTracked) this.#enqueue({ kind: "feature", ...event, context: this.#hidden(context) });
    if (isDebugged) this.#enqueue({ kind: "debug", ...event, context: this.#full(context) });
  }

  unknown(key: string, context: Context, fallback: unknown): void {
    const now = this.#settings.now();
    const contextKinds = context.kinds;
    const about = { version: undefined, variationIndex: null, value: fallback };
    this.#summary.add({ key, fallback, contextKinds, ...about }, now);
    this.#index(context, now);
  }

  identify(context: Context): void {
    const now = this.#settings.now();
    this.#seen.isNew(context.canonicalKey, now);
    this.#enqueue({ kind: "identify", creationDate: now, context: this.#full(context) });
  }

  track(key: string, context: Context, data: unknown, metricValue: number | undefined): void {
    const now = this.#settings.now();
    this.#index(context, now);
    this.#enqueue({
      kind: "custom",
      creationDate: now,
      key,
      context: this.#hidden(context),
      ...(data === undefined ? {} : { data }),
      ...(metricValue === undefined ? {} : { metricValue }),
    });
  }

  /** Resolves when everything recorded so far was delivered or given up. */
  flush(): Promise<void> {
    const before = this.#delivery ?? Promise.resolve();
    const delivery = before
      .then(() => this.#deliver())
      .catch((cause: unknown) => {
        this.#settings.log.warnOnce("flush", () => `events were lost: ${String(cause)}.`);
      });
    this.#delivery = delivery;
    return delivery.then(() => {
      if (this.#delivery === delivery) this.#delivery = undefined;
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#isClosed = true;
    await this.flush();
  }

  async #deliver(): Promise<void> {
    const events = this.#queue;
    this.#queue = [];
    const summary = this.#summary.take(this.#settings.now());
    if (summary !== undefined) events.push(JSON.stringify(summary));
    if (events.length > 0) await this.#settings.delivery.postEvents(`[${events.join(",")}]`);
  }

  #index(context: Context, now: number): void {
    if (!this.#seen.isNew(context.canonicalKey, now)) return;
    this.#enqueue({ kind: "index", creationDate: now, context: this.#full(context) });
  }

  #enqueue(event: Readonly<Record<string, unknown>>): void {
    const { capacity, log } = this.#settings;
    if (this.#isClosed) return;
    if (this.#queue.length >= capacity) {
      log.warnOnce(
        "capacity",
        () =>
          `${capacity} events wait already; more are dropped. Raise eventCapacity or lower flushIntervalMs.`,
      );
      return;
    }
    this.#queue.push(JSON.stringify(event));
  }

  /** Both clocks must agree that debugging is not over: an app's clock may be behind. */
  #isDebugged({ debugEventsUntilDate }: Flag, now: number): boolean {
    if (typeof debugEventsUntilDate !== "number") return false;
    return debugEventsUntilDate > Math.max(now, this.#settings.delivery.serverTime);
  }

  #isSampled(ratio: number | null | undefined): boolean {
    if (typeof ratio !== "number" || ratio === 1) return true;
    return ratio > 0 && this.#settings.random() * ratio < 1;
  }

  #full(context: Context): JsonObject {
    return redactedContext(context, this.#settings.privacy, false);
  }

  #hidden(context: Context): JsonObject {
    return redactedContext(context, this.#settings.privacy, true);
  }
}

function evaluationEvent(
  { flag, result, value, fallback, hasReason, prerequisiteOf }: RecordedEvaluation,
  isExperimental: boolean,
  now: number,
): Readonly<Record<string, unknown>> {
  const { samplingRatio } = flag;
  return {
    creationDate: now,
    key: flag.key,
    version: flag.version,
    value,
    default: fallback,
    ...(result.variationIndex === null ? {} : { variation: result.variationIndex }),
    ...(hasReason || isExperimental ? { reason: result.reason } : {}),
    ...(prerequisiteOf === undefined ? {} : { prereqOf: prerequisiteOf }),
    ...(typeof samplingRatio === "number" && samplingRatio !== 1 ? { samplingRatio } : {}),
  };
}
