import type { BigSegmentOptions } from "./big-segments.ts";
import type { FlagCache } from "./flag-cache.ts";
import type { Hook } from "./hooks.ts";
import { type Logger, standardErrorLogger } from "./logger.ts";
import { nearestOption, optionNames } from "./option-names.ts";
import type { FlagSource } from "./source/flag-source.ts";

/** How a client is set up. Everything has a default; a misspelt name is answered with the right one. */
export interface Options {
  /** Where Halyard is, such as `http://localhost:8080`; else `HALYARD_BASE_URI`. */
  readonly baseUri?: string | undefined;
  /** Where flags are streamed from, if not from `baseUri`. */
  readonly streamUri?: string | undefined;
  /** Where `/bulk` and `/diagnostic` are taken, if not at `baseUri`. */
  readonly eventsUri?: string | undefined;
  /** False polls for flags in place of a stream. */
  readonly streaming?: boolean | undefined;
  /** Milliseconds between two polls; 30,000 unless given. */
  readonly pollIntervalMs?: number | undefined;
  /** The protocol to begin with; the second unless given, with the first as its fallback. */
  readonly generation?: "first" | "second" | undefined;
  /** Several places for flags, where one may fail; in place of `streamUri`, `baseUri` and `streaming`. */
  readonly flagSources?: FlagSources | undefined;
  /** Key of a payload filter, where only a part of the environment is wanted. */
  readonly filter?: string | undefined;
  /** Where flags come from in place of a server, such as `fileSource` or `redisSource`. */
  readonly source?: FlagSource | undefined;
  /** True asks nothing of the network: flags are those of `bootstrap` or `cachePath`. */
  readonly offline?: boolean | undefined;
  /** Flags to begin with, as `{"flags": {…}, "segments": {…}}`. */
  readonly bootstrap?: unknown;
  /** A folder where the last flags are kept, so that a restart needs no server. */
  readonly cachePath?: string | undefined;
  /** Another place to keep the last flags, such as `redisCache`. */
  readonly cache?: FlagCache | undefined;
  /** Where big segments are looked up, such as `{ store: redisBigSegments(send) }`. */
  readonly bigSegments?: BigSegmentOptions | undefined;
  /** After so long without the server's word the client tells its `stale` listeners. */
  readonly maxStalenessMs?: number | undefined;
  /** The longest first wait before a lost stream is asked for again; 1,000 unless given. */
  readonly reconnectDelayMs?: number | undefined;
  /** A stream that is silent for so long is taken for dead; else as the service's heartbeats need. */
  readonly readTimeoutMs?: number | undefined;
  /** Milliseconds until an answer has to begin; 10,000 unless given. */
  readonly connectTimeoutMs?: number | undefined;
  /** An HTTP proxy such as `http://proxy:3128`. Needs Node 24.5 or newer. */
  readonly proxy?: string | undefined;
  readonly tls?: TlsOptions | undefined;
  /** False where no evaluation may be reported. */
  readonly sendEvents?: boolean | undefined;
  /** Milliseconds between two deliveries of events; 5,000 unless given. */
  readonly flushIntervalMs?: number | undefined;
  /** How many events wait at most; 10,000 unless given. */
  readonly eventCapacity?: number | undefined;
  /** True compresses the events that are sent. */
  readonly gzipEvents?: boolean | undefined;
  /** True reports the start of this client and its settings. */
  readonly sendDiagnostics?: boolean | undefined;
  /** References of attributes that never leave this process. */
  readonly privateAttributes?: readonly string[] | undefined;
  readonly allAttributesPrivate?: boolean | undefined;
  /** True leaves anonymous contexts out of index and identify events. */
  readonly omitAnonymousContexts?: boolean | undefined;
  /** The application that asks, as the server's list of connections shows it. */
  readonly tags?: Tags | undefined;
  /** The library that wraps this client. */
  readonly wrapper?: { readonly name: string; readonly version?: string } | undefined;
  readonly hooks?: readonly Hook[] | undefined;
  readonly logger?: Logger | undefined;
  /** False silences the warning about flags that are asked for before any arrived. */
  readonly warnBeforeReady?: boolean | undefined;
}

/** Where flags are to be had over the protocol's second generation, the best place first. */
export interface FlagSources {
  /** Asked once at the start, one after another until one answers. */
  readonly initializers?: readonly { readonly baseUri: string }[];
  /** One of them is followed: the next where it refuses or is silent, an earlier one again 5 minutes later. */
  readonly synchronizers: readonly (StreamedSource | PolledSource)[];
  /** Polled where a service sends its clients back to the first generation; else the first polled synchronizer. */
  readonly firstGeneration?: PolledSource;
}

/** A place whose changes are streamed. */
export interface StreamedSource {
  readonly streamUri: string;
  readonly reconnectDelayMs?: number;
}

/** A place that is asked again and again. */
export interface PolledSource {
  readonly baseUri: string;
  readonly pollIntervalMs?: number;
}

/** Whom a client trusts to be the server. */
export interface TlsOptions {
  /** Certificates in PEM that are trusted in place of the system's. */
  readonly ca?: string;
  /** False takes any certificate, which lets anyone between here and the server read along. */
  readonly rejectUnauthorized?: boolean;
}

/** The application as it names itself. */
export interface Tags {
  readonly applicationId?: string;
  readonly applicationName?: string;
  readonly applicationVersion?: string;
  readonly applicationVersionName?: string;
}

type Filled =
  | "streaming"
  | "pollIntervalMs"
  | "generation"
  | "offline"
  | "reconnectDelayMs"
  | "connectTimeoutMs"
  | "sendEvents"
  | "flushIntervalMs"
  | "eventCapacity"
  | "gzipEvents"
  | "sendDiagnostics"
  | "privateAttributes"
  | "allAttributesPrivate"
  | "omitAnonymousContexts"
  | "hooks"
  | "tags"
  | "warnBeforeReady";

export type Settings = {
  readonly [K in Filled]: NonNullable<Options[K]>;
} & {
  readonly sdkKey: string;
  readonly baseUri: string;
  readonly streamUri: string;
  readonly eventsUri: string;
  readonly filter: string | undefined;
  readonly flagSources: FlagSources | undefined;
  readonly source: FlagSource | undefined;
  readonly bootstrap: unknown;
  readonly cachePath: string | undefined;
  readonly cache: FlagCache | undefined;
  readonly bigSegments: BigSegmentOptions | undefined;
  readonly maxStalenessMs: number | undefined;
  readonly readTimeoutMs: number | undefined;
  readonly proxy: string | undefined;
  readonly ca: string | undefined;
  readonly rejectUnauthorized: boolean;
  readonly wrapper: Options["wrapper"];
  readonly logger: Logger;
  /** What is wrong with the options and can be done without. */
  readonly warnings: readonly string[];
};

type Variables = Readonly<Record<string, string | undefined>>;

/** Fills in what was not given. Throws where no client can come of it. */
export function settingsFrom(
  sdkKey: string | undefined,
  options: Options,
  variables: Variables,
): Settings {
  const baseUri = options.baseUri ?? variables["HALYARD_BASE_URI"] ?? "http://localhost:8080";
  const needsNoKey = options.source !== undefined || options.offline === true;
  const key = sdkKey ?? variables["HALYARD_SDK_KEY"];
  return {
    sdkKey: needsNoKey && key === undefined ? "none" : keyFrom(key),
    baseUri: addressFrom("baseUri", baseUri),
    streamUri: addressFrom("streamUri", options.streamUri ?? baseUri),
    eventsUri: addressFrom("eventsUri", options.eventsUri ?? baseUri),
    ...sourceSettings(options),
    ...connectionSettings(options),
    ...eventSettings(options),
    tags: options.tags ?? {},
    wrapper: options.wrapper,
    hooks: options.hooks ?? [],
    logger: options.logger ?? standardErrorLogger,
    warnBeforeReady: options.warnBeforeReady ?? true,
    warnings: warningsOf(options),
  };
}

function sourceSettings(options: Options) {
  return {
    streaming: options.streaming ?? true,
    pollIntervalMs: positive(options.pollIntervalMs, 30_000),
    generation: options.generation ?? "second",
    filter: isFilterKey(options.filter) ? options.filter : undefined,
    flagSources: flagSourcesFrom(options.flagSources),
    source: options.source,
    offline: options.offline ?? false,
    bootstrap: options.bootstrap,
    cachePath: options.cachePath,
    cache: options.cache,
    bigSegments: options.bigSegments,
    maxStalenessMs: options.maxStalenessMs,
  };
}

function flagSourcesFrom(given: FlagSources | undefined): FlagSources | undefined {
  if (given === undefined) return undefined;
  if (given.synchronizers.length === 0) {
    throw new Error("halyard: flagSources.synchronizers is empty; give at least one.");
  }
  const at = "flagSources";
  const polled = (one: PolledSource): PolledSource => ({
    ...one,
    baseUri: addressFrom(`${at}: baseUri`, one.baseUri),
  });
  return {
    initializers: (given.initializers ?? []).map(polled),
    synchronizers: given.synchronizers.map((one) =>
      "streamUri" in one
        ? { ...one, streamUri: addressFrom(`${at}: streamUri`, one.streamUri) }
        : polled(one),
    ),
    ...(given.firstGeneration === undefined
      ? {}
      : { firstGeneration: polled(given.firstGeneration) }),
  };
}

function connectionSettings({ tls, proxy, ...options }: Options) {
  return {
    reconnectDelayMs: positive(options.reconnectDelayMs, 1_000),
    readTimeoutMs: options.readTimeoutMs,
    connectTimeoutMs: positive(options.connectTimeoutMs, 10_000),
    proxy: proxy === undefined ? undefined : addressFrom("proxy", proxy),
    ca: tls?.ca,
    rejectUnauthorized: tls?.rejectUnauthorized ?? true,
  };
}

function eventSettings(options: Options) {
  const isAlone = options.source !== undefined || options.offline === true;
  return {
    sendEvents: options.sendEvents ?? !isAlone,
    flushIntervalMs: positive(options.flushIntervalMs, 5_000),
    eventCapacity: positive(options.eventCapacity, 10_000),
    gzipEvents: options.gzipEvents ?? false,
    sendDiagnostics: options.sendDiagnostics ?? false,
    privateAttributes: options.privateAttributes ?? [],
    allAttributesPrivate: options.allAttributesPrivate ?? false,
    omitAnonymousContexts: options.omitAnonymousContexts ?? false,
  };
}

function warningsOf(options: Options): string[] {
  // The compiler sees to it that no option's name is missing.
  const known: Readonly<Record<keyof Options, true>> = optionNames;
  const misspelt = Object.keys(options).flatMap((name) => nearestOption(name, known) ?? []);
  const { filter } = options;
  if (filter === undefined || isFilterKey(filter)) return misspelt;
  return [
    ...misspelt,
    `filter is left out: a filter's key is letters, digits, ".", "_" and "-", and begins with a letter or digit; got ${JSON.stringify(filter)}.`,
  ];
}

function isFilterKey(filter: string | undefined): boolean {
  return typeof filter === "string" && /^[a-zA-Z0-9][-._a-zA-Z0-9]*$/u.test(filter);
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
      `halyard: ${name} is not an http address; got ${JSON.stringify(given)}. Give one such as "http://localhost:8080"${name === "baseUri" ? " as baseUri or HALYARD_BASE_URI" : ""}.`,
    );
  }
  return given.replace(/\/+$/u, "");
}

function positive(given: number | undefined, otherwise: number): number {
  return given !== undefined && given > 0 && Number.isFinite(given) ? given : otherwise;
}
