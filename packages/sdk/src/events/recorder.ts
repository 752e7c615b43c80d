import {
  type Context,
  type EvaluationResult,
  type Flag,
  isContextError,
  isExperiment,
  type JsonObject,
  parseContext,
  type SimpleContext,
} from "@halyard/evaluation";
import type { Log } from "../logger.ts";
import type { MigrationTracker } from "../migrations/migration-tracker.ts";
import type { ReadyFlag } from "../ready-flag.ts";
import type { Delivery } from "./delivery.ts";
import { type Privacy, redactedContext } from "./redaction.ts";
import { SeenContexts } from "./seen-contexts.ts";
import { Summary } from "./summary.ts";
import type { Tally } from "./tally.ts";

export interface RecorderSettings {
  readonly delivery: Delivery;
  readonly privacy: Privacy;
  /** Whether anonymous contexts are left out of index and identify events. */
  readonly omitsAnonymous: boolean;
  readonly capacity: number;
  readonly flushIntervalMs: number;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export interface RecordedEvaluation {
  readonly ready: ReadyFlag;
  readonly context: Context;
  readonly result: EvaluationResult;
  /** What the app got. */
  readonly value: unknown;
  readonly fallback: unknown;
  readonly hasReason: boolean;
  /** The key of the flag that asked for this one. */
  readonly prerequisiteOf?: string;
}

const forgetContextsAfterMs = 300_000;

/** Collects what happened and delivers it now and then. Throws nothing of what an app gave it. */
export class Recorder {
  readonly #settings: RecorderSettings;
  readonly #summary: Summary;
  readonly #seen = new SeenContexts();
  readonly #timer: NodeJS.Timeout;
  #forgotAt: number;
  /** Events as JSON, so that what the app alters later does not reach them. */
  #queue: string[] = [];
  #delivery: Promise<void> | undefined;
  #isClosed = false;

  constructor(settings: RecorderSettings) {
    this.#settings = settings;
    this.#summary = new Summary(settings.now);
    this.#forgotAt = settings.now();
    this.#timer = setInterval(() => this.#tick(), settings.flushIntervalMs).unref();
  }

  /** An evaluation that is due no more than a count; makes nothing. */
  counted(tally: Tally, variationIndex: number | null, value: unknown, fallback: unknown): void {
    if (tally.isEmpty) this.#summary.include(tally);
    tally.add(variationIndex, value, fallback);
  }

  /** Whom a count was for; sends the context where it is new. */
  saw(tally: Tally, kind: string, context: SimpleContext): void {
    tally.addKind(kind);
    if (!this.#seen.isNew(kind, context.key)) return;
    const parsed = parseContext(context);
    if (!isContextError(parsed)) this.#introduce("index", parsed);
  }

  /** {@link saw} for a context that is parsed already. */
  met(tally: Tally, context: Context): void {
    const { only } = context;
    if (only === undefined) for (const kind of context.kinds) tally.addKind(kind);
    else tally.addKind(only.kind);
    if (this.#isNew(context)) this.#introduce("index", context);
  }

  evaluated(evaluation: RecordedEvaluation): void {
    const { ready, context, result, value, fallback } = evaluation;
    const { flag, tally } = ready;
    if (flag.excludeFromSummaries !== true) {
      this.counted(tally, result.variationIndex, value, fallback);
      this.met(tally, context);
    } else if (this.#isNew(context)) this.#introduce("index", context);
    if (ready.isOnlyCounted) return;
    const isExperimental = isExperiment(flag, result.reason);
    const isTracked = flag.trackEvents === true || isExperimental;
    const mayBeDebugged = typeof flag.debugEventsUntilDate === "number";
    if (isTracked || mayBeDebugged) this.#sendInFull(evaluation, isTracked, isExperimental);
  }

  unknown(key: string, context: Context, fallback: unknown): void {
    this.#summary.addUnknown(key, context, fallback);
    if (this.#isNew(context)) this.#introduce("index", context);
  }

  identify(context: Context): void {
    this.#isNew(context);
    this.#introduce("identify", context);
  }

  track(key: string, context: Context, data: unknown, metricValue: number | undefined): void {
    if (this.#isNew(context)) this.#introduce("index", context);
    this.#enqueue(() => ({
      kind: "custom",
      creationDate: this.#settings.now(),
      key,
      context: this.#hidden(context),
      ...(data === undefined ? {} : { data }),
      ...(metricValue === undefined ? {} : { metricValue }),
    }));
  }

  migrated(tracker: MigrationTracker): void {
    const { context } = tracker;
    const event = tracker.event();
    if (event instanceof Error || context === undefined) {
      const why = event instanceof Error ? event.message : "the context is wrong";
      this.#settings.log.warnOnce(`migration ${why}`, () => `a migration is not reported: ${why}.`);
      return;
    }
    if (!this.#isSampled(tracker.samplingRatio)) return;
    this.#enqueue(() => ({
      ...event,
      creationDate: this.#settings.now(),
      context: this.#hidden(context),
    }));
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
    this.#settings.delivery.close();
    await this.flush();
  }

  async #deliver(): Promise<void> {
    const events = this.#queue;
    this.#queue = [];
    const summary = this.#summary.take();
    if (summary !== undefined) events.push(JSON.stringify(summary));
    if (events.length > 0) await this.#settings.delivery.postEvents(events);
  }

  #tick(): void {
    const now = this.#settings.now();
    if (now - this.#forgotAt >= forgetContextsAfterMs) {
      this.#seen.forget();
      this.#forgotAt = now;
    }
    if (this.#delivery === undefined) void this.flush();
  }

  #isNew(context: Context): boolean {
    const { only } = context;
    return only === undefined
      ? this.#seen.isNew("multi", context.canonicalKey)
      : this.#seen.isNew(only.kind, only.key);
  }

  #introduce(kind: "index" | "identify", { individuals }: Context): void {
    const named = this.#settings.omitsAnonymous
      ? individuals.filter(({ anonymous }) => !anonymous)
      : individuals;
    if (named.length === 0) return;
    this.#enqueue(() => ({
      kind,
      creationDate: this.#settings.now(),
      context: redactedContext({ individuals: named }, this.#settings.privacy, false),
    }));
  }

  #sendInFull(evaluation: RecordedEvaluation, isTracked: boolean, isExperimental: boolean): void {
    const { context } = evaluation;
    const { flag } = evaluation.ready;
    const now = this.#settings.now();
    const isDebugged = this.#isDebugged(flag, now);
    if (!(isTracked || isDebugged) || !this.#isSampled(flag.samplingRatio)) return;
    const event = evaluationEvent(evaluation, isExperimental, now);
    if (isTracked) {
      this.#enqueue(() => ({ kind: "feature", ...event, context: this.#hidden(context) }));
    }
    if (isDebugged) {
      this.#enqueue(() => ({ kind: "debug", ...event, context: this.#full(context) }));
    }
  }

  /** A value or a context that is not JSON costs its event, not the answer. */
  #enqueue(makeEvent: () => Readonly<Record<string, unknown>>): void {
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
    try {
      this.#queue.push(JSON.stringify(makeEvent()));
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : typeof cause;
      log.warnOnce("event", () => `an event could not be recorded: ${what}.`);
    }
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
  { ready, result, value, fallback, hasReason, prerequisiteOf }: RecordedEvaluation,
  isExperimental: boolean,
  now: number,
): Readonly<Record<string, unknown>> {
  const { flag } = ready;
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
