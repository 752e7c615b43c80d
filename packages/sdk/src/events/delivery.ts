import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Log } from "../logger.ts";
import type { Clock } from "../source/clock.ts";
import { parseRetryAfter } from "../source/retry-after.ts";
import type { Answer, Transport } from "../source/transport.ts";

export interface DeliverySettings {
  readonly transport: Pick<Transport, "request">;
  readonly eventsUri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly retryDelayMs: number;
  readonly timeoutMs: number;
  /** Whether batches are compressed. */
  readonly gzip: boolean;
  readonly log: Log;
  readonly clock: Clock;
}

/** "settled" also says that no further attempt would help. */
type Outcome = "settled" | "again" | "too large";

const compress = promisify(gzip);
/** However long a server asks for: events wait in memory meanwhile, and perhaps an app for them. */
const longestRestMs = 30_000;

/** Posts events, and reads the server's clock off the answers. */
export class Delivery {
  readonly #settings: DeliverySettings;
  readonly #closing = new AbortController();
  #serverTime = 0;
  /** Until then the server is left alone. */
  #restUntil = 0;

  constructor(settings: DeliverySettings) {
    this.#settings = settings;
  }

  /** Unix milliseconds of the last answer; 0 before the first. */
  get serverTime(): number {
    return this.#serverTime;
  }

  /** Posts events, each as JSON; in halves where they are too many for the server at once. */
  async postEvents(events: readonly string[]): Promise<void> {
    const outcome = await this.#postBatch(`[${events.join(",")}]`);
    if (outcome !== "too large") return;
    if (events.length === 1) return this.#warnOfRefusal(413);
    const middle = Math.ceil(events.length / 2);
    await this.postEvents(events.slice(0, middle));
    await this.postEvents(events.slice(middle));
  }

  async #postBatch(events: string): Promise<Outcome> {
    const body = this.#settings.gzip ? await compress(events) : events;
    // The same id on both attempts lets the server drop the second where it took the first.
    const headers = {
      "x-launchdarkly-event-schema": "4",
      "x-launchdarkly-payload-id": randomUUID(),
      ...(this.#settings.gzip ? { "content-encoding": "gzip" } : {}),
    };
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await this.#rest();
      const outcome = await this.#attempt("/bulk", body, headers);
      if (outcome !== "again") return outcome;
    }
    this.#settings.log.warnOnce(
      "delivery",
      () =>
        `events could not be delivered to ${this.#settings.eventsUri}; a batch is lost. Flags are served as before.`,
    );
    return "settled";
  }

  /** What is still to be delivered is so without the rest that the server asked for. */
  close(): void {
    this.#closing.abort();
  }

  async postDiagnostic(body: string): Promise<void> {
    await this.#attempt("/diagnostic", body, {});
  }

  async #attempt(
    path: string,
    body: string | Uint8Array,
    headers: Record<string, string>,
  ): Promise<Outcome> {
    const { transport, eventsUri, timeoutMs } = this.#settings;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs).unref();
    try {
      const answer = await transport.request(`${eventsUri}${path}`, {
        method: "POST",
        headers: {
          ...this.#settings.headers,
          ...headers,
          "content-type": "application/json",
          "content-length": String(Buffer.byteLength(body)),
        },
        body,
        signal: timeout.signal,
      });
      // A body that nobody reads would hold its connection.
      answer.body.destroy();
      return this.#outcomeOf(answer);
    } catch {
      this.#restFor(this.#settings.retryDelayMs);
      return "again";
    } finally {
      clearTimeout(timer);
    }
  }

  #outcomeOf({ status, headers }: Answer): Outcome {
    const date = Date.parse(headers.date ?? "");
    if (!Number.isNaN(date)) this.#serverTime = date;
    const isPassing = status === 400 || status === 408 || status === 429 || status >= 500;
    if (isPassing || isPage(headers)) {
      const askedForMs = parseRetryAfter(headers["retry-after"] ?? null, Date.now());
      this.#restFor(Math.max(this.#settings.retryDelayMs, askedForMs));
      return "again";
    }
    if (status === 413) return "too large";
    if (status >= 300) this.#warnOfRefusal(status);
    else this.#settings.log.forget("delivery");
    return "settled";
  }

  #warnOfRefusal(status: number): void {
    const advice = status === 413 ? "an event is too large" : "check the SDK key and eventsUri";
    this.#settings.log.warnOnce(
      `events refused ${status}`,
      () => `the server refused events (${status}); ${advice}.`,
    );
  }

  #restFor(ms: number): void {
    this.#restUntil = this.#settings.clock.now() + Math.min(ms, longestRestMs);
  }

  /** Closing ends a long rest, and makes later ones short. */
  async #rest(): Promise<void> {
    const { clock, retryDelayMs } = this.#settings;
    const isClosing = this.#closing.signal.aborted;
    const { signal } = isClosing ? new AbortController() : this.#closing;
    const askedForMs = this.#restUntil - clock.now();
    const restMs = isClosing ? Math.min(askedForMs, retryDelayMs) : askedForMs;
    if (restMs > 0) await clock.sleep(restMs, signal);
  }
}

/** What answers a batch with a page is a portal that wants a login, and took no event. */
function isPage(headers: Answer["headers"]): boolean {
  return /^text\/html\b/iu.test(headers["content-type"] ?? "");
}
