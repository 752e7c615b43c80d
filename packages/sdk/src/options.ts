import { type Logger, standardErrorLogger } from "./logger.ts";

export interface Options {
  /** Where Halyard is, such as `http://localhost:8080`; else `HALYARD_BASE_URI`. */
  readonly baseUri?: string | undefined;
  /** Where `/all` is streamed from, if not from `baseUri`. */
  readonly streamUri?: string | undefined;
  /** Where `/bulk` and `/diagnostic` are taken, if not at `baseUri`. */
  readonly eventsUri?: string | undefined;
  readonly logger?: Logger | undefined;
  /** False where no evaluation may be reported. */
  readonly sendEvents?: boolean | undefined;
  /** Milliseconds between two deliveries of events; 5,000 unless given. */
  readonly flushIntervalMs?: number | undefined;
  /** How many events wait at most; 10,000 unless given. */
  readonly eventCapacity?: number | undefined;
  /** References of attributes that never leave this process. */
  readonly privateAttributes?: readonly string[] | undefined;
  readonly allAttributesPrivate?: boolean | undefined;
  /** The longest first wait before a lost stream is asked for again; 1,000 unless given. */
  readonly reconnectDelayMs?: number | undefined;
  /** A stream that is silent for so long is taken for dead; 60,000 unless given. */
  readonly readTimeoutMs?: number | undefined;
  /** False silences the warning about flags that are asked for before any arrived. */
  readonly warnBeforeReady?: boolean | undefined;
  /** A folder where the last flags are kept, so that a restart needs no server. */
  readonly cachePath?: string | undefined;
  /** True reports the start of this client and its settings. */
  readonly sendDiagnostics?: boolean | undefined;
}

export interface Settings {
  readonly sdkKey: string;
  readonly streamUri: string;
  readonly eventsUri: string;
  readonly logger: Logger;
  readonly sendEvents: boolean;
  readonly flushIntervalMs: number;
  readonly eventCapacity: number;
  readonly privateAttributes: readonly string[];
  readonly allAttributesPrivate: boolean;
  readonly reconnectDelayMs: number;
  readonly readTimeoutMs: number;
  readonly warnBeforeReady: boolean;
  readonly cachePath: string | undefined;
  readonly sendDiagnostics: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Fills in what was not given. Throws where no client can come of it. */
export function settingsFrom(
  sdkKey: string | undefined,
  options: Options,
  environment: Environment,
): Settings {
  const baseUri = options.baseUri ?? environment["HALYARD_BASE_URI"] ?? "http://localhost:8080";
  return {
    sdkKey: keyFrom(sdkKey ?? environment["HALYARD_SDK_KEY"]),
    streamUri: addressFrom("streamUri", options.streamUri ?? baseUri),
    eventsUri: addressFrom("eventsUri", options.eventsUri ?? baseUri),
    logger: options.logger ?? standardErrorLogger,
    sendEvents: options.sendEvents ?? true,
    flushIntervalMs: positive(options.flushIntervalMs, 5_000),
    eventCapacity: positive(options.eventCapacity, 10_000),
    privateAttributes: options.privateAttributes ?? [],
    allAttributesPrivate: options.allAttributesPrivate ?? false,
    reconnectDelayMs: positive(options.reconnectDelayMs, 1_000),
    readTimeoutMs: positive(options.readTimeoutMs, 60_000),
    warnBeforeReady: options.warnBeforeReady ?? true,
    cachePath: options.cachePath,
    sendDiagnostics: options.sendDiagnostics ?? false,
  };
}

function keyFrom(given: string | undefined): string {
  const key = typeof given === "string" ? given.trim() : "";
  if (key === "") {
    throw new Error(
      "halyard: there is no SDK key. Pass it as init(sdkKey), or set HALYARD_SDK_KEY; it is shown with the environment in the admin UI.",
    );
  }
  if (!/^[-\w.]+$/u.test(key)) {
    throw new Error(
      'halyard: the SDK key holds characters that no key has. A key is letters, digits, "-", "_" and "."; copy it again from the admin UI.',
    );
  }
  return key;
}

function addressFrom(name: string, given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new Error(
      `halyard: ${name} is not an http address; got ${JSON.stringify(given)}. Give one such as "http://localhost:8080" as baseUri or HALYARD_BASE_URI.`,
    );
  }
  return given.replace(/\/+$/u, "");
}

function positive(given: number | undefined, otherwise: number): number {
  return given !== undefined && given > 0 && Number.isFinite(given) ? given : otherwise;
}
