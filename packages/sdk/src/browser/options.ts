import type { Logger } from "../logger.ts";

/** How a browser client is set up. Each has a default that suits a page. */
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

const defaults = {
  sendEvents: true,
  flushIntervalMs: 2_000,
  eventCapacity: 100,
  privateAttributes: [] as readonly string[],
  allAttributesPrivate: false,
  withReasons: false,
  cache: true,
  streaming: true,
  reconnectDelayMs: 1_000,
  closeHiddenAfterMs: 60_000,
  warnBeforeReady: true,
};

/** The options with nothing left open. */
export type Settings = Readonly<typeof defaults> & {
  readonly id: string;
  /** Where results are polled, streamed, and events are taken. */
  readonly base: string;
  readonly stream: string;
  readonly events: string;
};

export function settingsFrom(id: string, given: Options): Settings {
  if (typeof id !== "string" || id === "") {
    throw new Error("halyard: init needs the client-side ID, shown with the environment.");
  }
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const base = address(given.baseUri ?? "http://localhost:8080");
  return {
    ...defaults,
    ...(Object.fromEntries(set) as Partial<typeof defaults>),
    id,
    base,
    stream: address(given.streamUri ?? base),
    events: `${address(given.eventsUri ?? base)}/events/bulk/${encodeURIComponent(id)}`,
  };
}

function address(given: string): string {
  return given.replace(/\/+$/, "");
}
