import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Log } from "../logger.ts";
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
}

const compress = promisify(gzip);

/** Posts events, and reads the server's clock off the answers. */
export class Delivery {
  readonly #settings: DeliverySettings;
  #serverTime = 0;

  constructor(settings: DeliverySettings) {
    this.#settings = settings;
  }

  /** Unix milliseconds of the last answer; 0 before the first. */
  get serverTime(): number {
    return this.#serverTime;
  }

  async postEvents(events: string): Promise<void> {
    const body = this.#settings.gzip ? await compress(events) : events;
    // The same id on both attempts lets the server drop the second where it took the first.
    const headers = {
      "x-launchdarkly-event-schema": "4",
      "x-launchdarkly-payload-id": randomUUID(),
      ...(this.#settings.gzip ? { "content-encoding": "gzip" } : {}),
    };
    if (await this.#attempt("/bulk", body, headers)) return;
    await this.#pause();
    if (await this.#attempt("/bulk", body, headers)) return;
    this.#settings.log.warnOnce(
      "delivery",
      () =>
        `events could not be delivered to ${this.#settings.eventsUri}; a batch is lost. Flags are served as before.`,
    );
  }

  async postDiagnostic(body: string): Promise<void> {
    await this.#attempt("/diagnostic", body, {});
  }

  /** False where another attempt may help. */
  async #attempt(
    path: string,
    body: string | Uint8Array,
    headers: Record<string, string>,
  ): Promise<boolean> {
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
      answer.body.resume();
      return this.#isSettled(answer);
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  #isSettled({ status, headers }: Answer): boolean {
    const date = Date.parse(headers.date ?? "");
    if (!Number.isNaN(date)) this.#serverTime = date;
    if (status === 400 || status === 408 || status === 429 || status >= 500) return false;
    if (status >= 300) {
      this.#settings.log.warnOnce(
        `events refused ${status}`,
        () => `the server refused events (${status}); check the SDK key and eventsUri.`,
      );
    } else {
      this.#settings.log.forget("delivery");
    }
    return true;
  }

  async #pause(): Promise<void> {
    // Not unref'd: whoever awaits flush() as the last thing of a program gets the second attempt.
    await new Promise((resolve) => setTimeout(resolve, this.#settings.retryDelayMs));
  }
}
