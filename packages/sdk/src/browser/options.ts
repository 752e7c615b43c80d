import type { Logger } from "../logger.ts";

export interface Options {
  /** Where Halyard is, such as `https://flags.example.com`; `http://localhost:8080` unless given. */
  readonly baseUri?: string | undefined;
  /** Where streams are had, if not at `baseUri`. */
  readonly streamUri?: string | undefined;
  /** Where events are taken, if not at `baseUri`. */
  readonly eventsUri?: string | undefined;
  /** The JSON of the server client's `allFlagsState(context, { clientSideOnly: true })`. */
  readonly bootstrap?: object | undefined;
  /** The context's secure-mode hash, made on your server. */
  readonly hash?: string | undefined;
  /** True asks the server why each flag gives what it gives. */
  readonly withReasons?: boolean | undefined;
  /** False where no evaluation may be reported. */
  readonly sendEvents?: boolean | undefined;
  /** Milliseconds between two deliveries of events; 2,000 unless given. */
  readonly flushIntervalMs?: number | undefined;
  /** How many events wait at most; 100 unless given. */
  readonly eventCapacity?: number | undefined;
  /** References of attributes that no event carries. */
  readonly privateAttributes?: readonly string[] | undefined;
  readonly allAttributesPrivate?: boolean | undefined;
  /** False keeps no values in `localStorage` for an instant start. */
  readonly cache?: boolean | undefined;
  /** False polls every half minute instead. */
  readonly streaming?: boolean | undefined;
  /** Warnings and errors go here; to the console unless given. */
  readonly logger?: Logger | undefined;
  /** The longest first wait before a lost stream is asked for again; 1,000 unless given. */
  readonly reconnectDelayMs?: number | undefined;
  /** How long a page is hidden before its stream is closed; 60,000 unless given. */
  readonly closeHiddenAfterMs?: number | undefined;
  /** False silences the warning about flags that are asked for before any arrived. */
  readonly warnBeforeReady?: boolean | undefined;
}

/** The options with nothing left open. */
export function settingsFrom(id: string, given: Options) {
  if (typeof id !== "string" || id === "") {
    throw new Error(
      "halyard: there is no client-side ID. Pass it as init(clientSideId, context); the admin UI shows it with the environment.",
    );
  }
  const base = given.baseUri ?? "http://localhost:8080";
  return {
    id,
    base: address(base),
    stream: address(given.streamUri ?? base),
    events: `${address(given.eventsUri ?? base)}/events/bulk/${encodeURIComponent(id)}`,
    sendEvents: given.sendEvents !== false,
    flushIntervalMs: given.flushIntervalMs ?? 2_000,
    capacity: given.eventCapacity ?? 100,
    privateAttributes: given.privateAttributes ?? [],
    isAllPrivate: given.allAttributesPrivate === true,
    withReasons: given.withReasons === true,
    cache: given.cache !== false,
    streaming: given.streaming !== false && typeof EventSource === "function",
    reconnectDelayMs: given.reconnectDelayMs ?? 1_000,
    closeHiddenAfterMs: given.closeHiddenAfterMs ?? 60_000,
    warnBeforeReady: given.warnBeforeReady !== false,
  };
}

export type Settings = Readonly<ReturnType<typeof settingsFrom>>;

function address(given: string): string {
  return given.replace(/\/+$/, "");
}
