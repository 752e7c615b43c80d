import { createParser } from "eventsource-parser";
import type { StreamEvent, Target } from "./protocol.ts";
import {
  errorFrom,
  Refused,
  refuseUnlessEvents,
  refuseUnlessOk,
  retryAfterMsOf,
} from "./refusal.ts";
import type { Answer, Transport } from "./transport.ts";

export interface StreamSettings {
  readonly transport: Pick<Transport, "request">;
  readonly connectTimeoutMs: number;
  /** How long an open stream may be silent, as of now. */
  readonly readTimeoutMs: () => number;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

export interface StreamListener {
  /** Throws where the answer is none that this client can read on. */
  onAnswer(answer: Answer): void;
  /** Throws where the event is malformed, which ends the stream. */
  onEvent(event: StreamEvent): void;
  /** What the server says to keep the stream alive. Throws where it shows that something was missed. */
  onComment(text: string): void;
}

/** How a stream ended. */
export interface StreamEnd {
  readonly error: Error;
  /** Whether the server answered that this client may not have the stream. */
  readonly isRefused: boolean;
  /** Whether anything came after the answer's head; a proxy may keep it to itself. */
  readonly wasHeard: boolean;
  readonly wasOpened: boolean;
  readonly livedMs: number;
  /** How long the server asked to be left alone. */
  readonly retryAfterMs: number;
}

/** Reads server-sent events until the connection ends, in whatever way. Never rejects. */
export async function readStream(
  url: string,
  headers: Target["headers"],
  listener: StreamListener,
  { signal, ...settings }: StreamSettings & { readonly signal: AbortSignal },
): Promise<StreamEnd> {
  const connection = new AbortController();
  const cut = (reason: unknown): void => connection.abort(reason);
  const onClose = (): void => cut(signal.reason);
  signal.addEventListener("abort", onClose, { once: true });
  const watchdog = new Watchdog(cut);
  let openedAt: number | undefined;
  let wasHeard = false;
  let error = new Error("the stream ended");
  try {
    watchdog.expect("no answer", settings.connectTimeoutMs);
    const answer = await settings.transport.request(url, {
      headers: { ...headers, accept: "text/event-stream", "cache-control": "no-cache" },
      signal: connection.signal,
    });
    listener.onAnswer(answer);
    refuseUnlessOk(answer);
    refuseUnlessEvents(answer);
    openedAt = settings.now();
    watchdog.expect("nothing was heard", firstWordMs(settings));
    await readEvents(answer.body as AsyncIterable<Uint8Array>, listener, () => {
      wasHeard = true;
      watchdog.expect("nothing was heard", settings.readTimeoutMs());
    });
  } catch (cause) {
    error = errorFrom(cause, connection.signal);
  } finally {
    watchdog.rest();
    signal.removeEventListener("abort", onClose);
    connection.abort();
  }
  return {
    error,
    isRefused: error instanceof Refused,
    wasHeard,
    wasOpened: openedAt !== undefined,
    livedMs: openedAt === undefined ? 0 : settings.now() - openedAt,
    retryAfterMs: retryAfterMsOf(error),
  };
}

/** A server begins to speak at once; what says nothing for so long is a proxy that holds it back. */
function firstWordMs({ connectTimeoutMs, readTimeoutMs }: StreamSettings): number {
  return Math.min(2 * connectTimeoutMs, readTimeoutMs());
}

/** Reads the bytes as the events and comments that they spell, however they are cut into pieces. */
export async function readEvents(
  body: AsyncIterable<Uint8Array>,
  listener: Pick<StreamListener, "onEvent" | "onComment">,
  onBytes: () => void,
): Promise<void> {
  const parser = createParser({
    onEvent: ({ event, id, data }) => listener.onEvent({ name: event, id, data }),
    onComment: (text) => listener.onComment(text),
  });
  // The parser takes off the byte order mark; only the first is one. And a value with a mark in
  // place of a broken byte is another value.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
  for await (const bytes of body) {
    try {
      parser.feed(decoder.decode(bytes, { stream: true }));
    } finally {
      // How long the next may take depends on what these said.
      onBytes();
    }
  }
}

/** Cuts a connection that does not do in time what was expected of it. */
class Watchdog {
  readonly #cut: (reason: Error) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(cut: (reason: Error) => void) {
    this.#cut = cut;
  }

  expect(otherwise: string, withinMs: number): void {
    clearTimeout(this.#timer);
    const bite = (): void => this.#cut(new Error(`${otherwise} within ${withinMs} ms`));
    this.#timer = setTimeout(bite, withinMs).unref();
  }

  rest(): void {
    clearTimeout(this.#timer);
  }
}
