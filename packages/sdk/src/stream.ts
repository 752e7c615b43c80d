import { createParser } from "eventsource-parser";
import { Backoff, type BackoffSettings } from "./backoff.ts";
import { parseRetryAfter } from "./retry-after.ts";

export interface StreamSettings extends BackoffSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

export interface StreamEvent {
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly data: string;
}

export interface StreamListener {
  /** Sent with a new attempt, so that the server can go on where this stream was. */
  lastEventId(): string | undefined;
  onOpen(): void;
  /** Throws where the event is malformed; the stream then starts afresh. */
  onEvent(event: StreamEvent): void;
  /** What the server says to keep the stream alive. Throws where it shows that something was missed. */
  onHeartbeat(text: string): void;
  onFailure(failure: StreamFailure): void;
}

export interface StreamFailure {
  readonly error: Error;
  /** Whether the server answered that this client may not have the stream. */
  readonly isRefused: boolean;
  readonly retryInMs: number;
}

class Refused extends Error {
  override readonly name = "Refused";
}

/** The server cannot serve now, and may have said when to come back. */
class Unavailable extends Error {
  override readonly name = "Unavailable";
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Server-sent events that come back after every failure until they are closed. */
export class Stream {
  readonly #settings: StreamSettings;
  readonly #listener: StreamListener;
  readonly #backoff: Backoff;
  #connection: AbortController | undefined;
  #retry: NodeJS.Timeout | undefined;
  #openedAt: number | undefined;
  #isClosed = false;

  constructor(settings: StreamSettings, listener: StreamListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.#backoff = new Backoff(settings);
  }

  open(): void {
    if (this.#isClosed) return;
    this.#connect().then(
      () => this.#failed(new Error("the stream ended")),
      (cause: unknown) => this.#failed(errorFrom(cause)),
    );
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#connection?.abort();
  }

  async #connect(): Promise<void> {
    const connection = new AbortController();
    this.#connection = connection;
    const { connectTimeoutMs, readTimeoutMs } = this.#settings;
    const cut = (what: string): void => connection.abort(new Error(what));
    let watchdog = later(connectTimeoutMs, () => cut(`no answer within ${connectTimeoutMs} ms`));
    try {
      const response = await fetch(this.#settings.url, {
        headers: this.#requestHeaders(),
        signal: connection.signal,
      });
      refuseUnlessOk(response);
      clearTimeout(watchdog);
      watchdog = later(readTimeoutMs, () => cut(`nothing was heard for ${readTimeoutMs} ms`));
      this.#openedAt = this.#settings.now();
      this.#listener.onOpen();
      await this.#read(response, () => watchdog.refresh());
    } finally {
      clearTimeout(watchdog);
      connection.abort();
    }
  }

  async #read(response: Response, onBytes: () => void): Promise<void> {
    const parser = createParser({
      onEvent: ({ event, id, data }) => {
        if (!this.#isClosed) this.#listener.onEvent({ name: event, id, data });
      },
      onComment: (text) => {
        if (!this.#isClosed) this.#listener.onHeartbeat(text);
      },
    });
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      onBytes();
      parser.feed(decoder.decode(bytes, { stream: true }));
    }
  }

  #requestHeaders(): Record<string, string> {
    const lastEventId = this.#listener.lastEventId();
    return {
      ...this.#settings.headers,
      accept: "text/event-stream",
      "cache-control": "no-cache",
      // A kept connection would outlive close().
      connection: "close",
      ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
    };
  }

  #failed(error: Error): void {
    if (this.#isClosed) return;
    const openedAt = this.#openedAt;
    this.#openedAt = undefined;
    const connectedForMs = openedAt === undefined ? 0 : this.#settings.now() - openedAt;
    const isRefused = error instanceof Refused;
    const retryInMs = isRefused
      ? this.#backoff.refusedDelayMs()
      : this.#backoff.nextDelayMs(connectedForMs, retryAfterMsOf(error));
    this.#retry = later(retryInMs, () => this.open());
    this.#listener.onFailure({ error, isRefused, retryInMs });
  }
}

function later(delayMs: number, run: () => void): NodeJS.Timeout {
  return setTimeout(run, delayMs).unref();
}

/** Statuses that pass by themselves although they blame the request. */
const passing = new Set([408, 429]);

function refuseUnlessOk({ status, headers }: Response): void {
  if (status === 200) return;
  if (status === 401 || status === 403) {
    throw new Refused(
      `the server refused the SDK key (${status}); check that it is a server-side key of the right environment and not revoked`,
    );
  }
  if (status === 404) {
    throw new Refused("there is no flag stream at this address (404); check baseUri");
  }
  const message = `the server answered ${status}`;
  if (status >= 400 && status < 500 && !passing.has(status)) throw new Refused(message);
  throw new Unavailable(message, parseRetryAfter(headers.get("retry-after"), Date.now()));
}

function retryAfterMsOf(error: Error): number {
  return error instanceof Unavailable ? error.retryAfterMs : 0;
}

function errorFrom(cause: unknown): Error {
  if (!(cause instanceof Error)) return new Error(String(cause));
  // fetch says only "fetch failed"; what a person can act on is in its cause.
  if (cause instanceof TypeError && cause.cause instanceof Error) {
    return new Error(cause.cause.message || String(cause.cause), { cause });
  }
  return cause;
}
