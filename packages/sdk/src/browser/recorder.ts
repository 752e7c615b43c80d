import { presentIn } from "./answer.ts";
import type { Identity } from "./identity.ts";
import type { Log } from "./log.ts";
import type { Settings } from "./options.ts";
import { redacted } from "./redaction.ts";
import type { Result, Results } from "./results.ts";
import { randomId } from "./storage.ts";

export interface Evaluation {
  readonly key: string;
  /** Undefined where there is no such flag. */
  readonly result: Result | undefined;
  /** What the app got. */
  readonly value: unknown;
  readonly fallback: unknown;
  readonly hasReason: boolean;
  /** The key of the flag that asked for this one. */
  readonly prereqOf?: string;
}

interface Summary {
  readonly default: unknown;
  readonly contextKinds: readonly string[];
  readonly counters: Map<string, { count: number; value: unknown }>;
}

/** More than a browser lets outlive its page. */
const keepaliveLimit = 60_000;

/** Collects what happened and delivers it now and then, and when the page is left. */
export class Recorder {
  readonly #settings: Settings;
  readonly #log: Log;
  #identity: Identity | undefined;
  #summaries = new Map<string, Summary>();
  #since = 0;
  /** Events as JSON, so that what the app alters later does not reach them. */
  #queue: string[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;
  #delivery: Promise<unknown> = Promise.resolve();
  #serverTime = 0;

  constructor(settings: Settings, log: Log) {
    this.#settings = settings;
    this.#log = log;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.flush(), this.#settings.flushIntervalMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** What follows is this context's; what was counted stays the other's. */
  switchTo(identity: Identity): void {
    this.#summarize();
    this.#identity = identity;
  }

  identify(identity: Identity): void {
    this.#enqueue({ kind: "identify", context: redacted(identity, this.#settings, false) });
  }

  track(key: string, data: unknown, metricValue: number | undefined): void {
    const url = globalThis.location?.href;
    this.#enqueue({ kind: "custom", key, context: this.#context(), data, metricValue, url });
  }

  /** Counts the flag, and before it the flags behind it, for they were evaluated too. */
  evaluated(evaluation: Evaluation, results: Results, seen: readonly string[] = []): void {
    const { key, result, value, fallback, hasReason, prereqOf } = evaluation;
    for (const behind of result?.prerequisites ?? []) {
      const found = presentIn(results, behind);
      if (found && ![key, ...seen].includes(behind)) {
        const asked = { key: behind, result: found, value: found.value, fallback: undefined };
        this.evaluated({ ...asked, hasReason, prereqOf: key }, results, [key, ...seen]);
      }
    }
    const variation = result?.variation ?? undefined;
    const version = result && (result.flagVersion ?? result.version);
    this.#count(key, fallback, { variation, version, value });
    if (!result) return;
    const { trackEvents, trackReason, reason, debugEventsUntilDate = 0 } = result;
    const event = {
      key,
      version,
      variation,
      value,
      default: fallback,
      reason: hasReason || trackReason === true ? reason : undefined,
      prereqOf,
    };
    if (trackEvents === true) {
      this.#enqueue({ kind: "feature", ...event, context: this.#context(true) });
    }
    // Both clocks must agree that debugging is not over: a visitor's clock may be behind.
    if (debugEventsUntilDate > Math.max(Date.now(), this.#serverTime)) {
      this.#enqueue({ kind: "debug", ...event, context: this.#context() });
    }
  }

  /** Resolves when everything recorded so far was delivered or given up. */
  async flush(): Promise<void> {
    const body = this.#take();
    if (body !== undefined) this.#delivery = Promise.all([this.#delivery, this.#deliver(body)]);
    await this.#delivery;
  }

  /** A page that is left runs no more; what the browser will not carry is posted as ever. */
  leave(): void {
    const body = this.#take();
    // Text needs no preflight, for which there would be no time.
    if (body !== undefined && !navigator.sendBeacon(this.#settings.events, body)) {
      void this.#deliver(body);
    }
  }

  #context(isAnonymousHidden = false): object | undefined {
    return this.#identity && redacted(this.#identity, this.#settings, isAnonymousHidden);
  }

  #count(
    key: string,
    fallback: unknown,
    counted: { variation: number | undefined; version: number | undefined; value: unknown },
  ): void {
    this.#since ||= Date.now();
    let summary = this.#summaries.get(key);
    if (!summary) {
      const contextKinds = this.#identity?.individuals.map(([kind]) => kind) ?? [];
      summary = { default: fallback, contextKinds, counters: new Map() };
      this.#summaries.set(key, summary);
    }
    const place = `${counted.variation}/${counted.version}`;
    const counter = summary.counters.get(place);
    if (counter === undefined) {
      const unknown = counted.version === undefined || undefined;
      summary.counters.set(place, { ...counted, ...{ unknown, count: 1 } });
    } else counter.count += 1;
  }

  #summarize(): void {
    if (this.#summaries.size === 0) return;
    const features = Object.fromEntries(
      [...this.#summaries].map(([key, { counters, ...summary }]) => [
        key,
        { ...summary, counters: [...counters.values()] },
      ]),
    );
    this.#queue.push(
      JSON.stringify({
        kind: "summary",
        startDate: this.#since,
        endDate: Date.now(),
        context: this.#context(),
        features,
      }),
    );
    this.#summaries = new Map();
    this.#since = 0;
  }

  #enqueue(event: object): void {
    if (this.#queue.length < this.#settings.eventCapacity) {
      this.#queue.push(JSON.stringify({ creationDate: Date.now(), ...event }));
    } else {
      this.#log.warn("capacity", `${this.#settings.eventCapacity} events wait; more are dropped.`);
    }
  }

  #take(): string | undefined {
    this.#summarize();
    const events = this.#queue;
    this.#queue = [];
    return this.#settings.sendEvents && events.length > 0 ? `[${events.join()}]` : undefined;
  }

  async #deliver(body: string): Promise<void> {
    // The same id on both attempts lets the server drop the second where it took the first.
    const id = randomId();
    const attempt = () => this.#post(body, id);
    let status = await attempt();
    if (status === 0 || status >= 500 || [400, 408, 429].includes(status)) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      status = await attempt();
    }
    if (status > 0 && status < 300) this.#log.forget("events");
    else this.#log.warn("events", `events lost: ${this.#settings.events} answered ${status}.`);
  }

  /** The answer's status; 0 where there was none. */
  async #post(body: string, id: string): Promise<number> {
    try {
      const { headers, status } = await fetch(this.#settings.events, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-launchdarkly-event-schema": "4",
          "x-launchdarkly-payload-id": id,
        },
        body,
        keepalive: body.length < keepaliveLimit,
        signal: AbortSignal.timeout(10_000),
      });
      const time = Date.parse(headers.get("date") ?? "");
      if (time > 0) this.#serverTime = time;
      return status;
    } catch {
      return 0; // The network may be back in a moment.
    }
  }
}
