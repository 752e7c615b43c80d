import { readFileSync } from "node:fs";
import {
  type FlagSources,
  type Options,
  type PolledSource,
  redisCache,
  redisSource,
  type SendToRedis,
} from "@halyard/sdk";
import { bigSegmentCallbacks, hookCallbacks, type OrderedPosts } from "./callbacks.ts";
import type { Configuration, PersistentStoreConfiguration } from "./configuration.ts";

export interface Means {
  readonly posts: OrderedPosts;
  /** Connects to the Redis at an address. */
  readonly redis: (dsn: string) => SendToRedis;
}

/** A configuration in the words of our SDK. */
export function halyardOptions(configuration: Configuration, means: Means): Options {
  const { tags, wrapper, hooks, tls, proxy, bigSegments } = configuration;
  return {
    ...addresses(configuration),
    ...sourceOptions(configuration),
    ...eventOptions(configuration),
    ...storeOptions(configuration, means),
    tags: { ...defined({ ...tags }) },
    ...(wrapper?.name === undefined
      ? {}
      : { wrapper: { name: wrapper.name, ...defined({ version: wrapper.version }) } }),
    hooks: (hooks?.hooks ?? []).map((hook) => hookCallbacks(hook, means.posts)),
    tls: {
      ...(tls?.customCAFile === undefined ? {} : { ca: readFileSync(tls.customCAFile, "utf8") }),
      ...(tls?.skipVerifyPeer === true ? { rejectUnauthorized: false } : {}),
    },
    proxy: proxy?.httpProxy,
    bigSegments: bigSegments && {
      store: bigSegmentCallbacks(bigSegments.callbackUri),
      ...defined({
        capacity: bigSegments.userCacheSize,
        cacheMs: bigSegments.userCacheTimeMs,
        statusPollMs: bigSegments.statusPollIntervalMs,
        staleAfterMs: bigSegments.staleAfterMs,
      }),
    },
    warnBeforeReady: false,
    logger: silent,
  };
}

function addresses({ serviceEndpoints, streaming, polling, events }: Configuration): Options {
  const streamUri = streaming?.baseUri ?? serviceEndpoints?.streaming;
  const baseUri = polling?.baseUri ?? serviceEndpoints?.polling ?? streamUri;
  return defined({ baseUri, streamUri, eventsUri: events?.baseUri ?? serviceEndpoints?.events });
}

function sourceOptions({ streaming, polling, dataSystem }: Configuration): Options {
  if (dataSystem !== undefined)
    return { ...flagSources(dataSystem), filter: dataSystem.payloadFilter };
  return {
    generation: "first",
    streaming: streaming !== undefined || polling === undefined,
    filter: streaming?.filter ?? polling?.filter,
    reconnectDelayMs: streaming?.initialRetryDelayMs,
    pollIntervalMs: polling?.pollIntervalMs,
  };
}

function flagSources({
  initializers = [],
  synchronizers = [],
  fdv1Fallback,
}: NonNullable<Configuration["dataSystem"]>): Options {
  if (synchronizers.length === 0) return {};
  const sources: FlagSources = {
    initializers: initializers.flatMap(({ polling }) =>
      polling?.baseUri === undefined ? [] : [{ baseUri: polling.baseUri }],
    ),
    synchronizers: synchronizers.flatMap(({ streaming, polling }): Synchronizer[] => {
      if (streaming?.baseUri !== undefined) {
        const reconnectDelayMs = streaming.initialRetryDelayMs;
        return [{ streamUri: streaming.baseUri, ...defined({ reconnectDelayMs }) }];
      }
      return polled(polling);
    }),
    ...defined({ firstGeneration: polled(fdv1Fallback)[0] }),
  };
  return { flagSources: sources };
}

type Synchronizer = FlagSources["synchronizers"][number];

function polled(polling: Configuration["polling"]): PolledSource[] {
  if (polling?.baseUri === undefined) return [];
  const { baseUri, pollIntervalMs } = polling;
  return [{ baseUri, ...defined({ pollIntervalMs }) }];
}

function eventOptions({ events }: Configuration): Options {
  if (events === undefined) return { sendEvents: false };
  return {
    sendEvents: true,
    sendDiagnostics: events.enableDiagnostics,
    eventCapacity: events.capacity,
    flushIntervalMs: events.flushIntervalMs,
    gzipEvents: events.enableGzip,
    allAttributesPrivate: events.allAttributesPrivate,
    privateAttributes: events.globalPrivateAttributes,
    omitAnonymousContexts: events.omitAnonymousContexts,
  };
}

function storeOptions(configuration: Configuration, { redis }: Means): Options {
  const { streaming, polling, dataSystem } = configuration;
  const store = configuration.persistentDataStore ?? dataSystem?.store?.persistentDataStore;
  if (store === undefined) return {};
  const { prefix } = store.store;
  const send = redis(store.store.dsn);
  const hasServer =
    streaming !== undefined || polling !== undefined || dataSystem?.synchronizers !== undefined;
  if (hasServer) return { cache: redisCache(send, defined({ prefix })) };
  return {
    sendEvents: false,
    source: redisSource(send, {
      ...defined({ prefix }),
      pollIntervalMs: lookEvery(store),
      waitsForFullSet: false,
    }),
  };
}

/** Flags are at hand for as long as they would be cached. */
function lookEvery({ cache }: PersistentStoreConfiguration): number {
  if (cache.mode === "off") return 10;
  return cache.mode === "infinite" ? 2 ** 31 - 1 : (cache.ttl ?? 15) * 1_000;
}

/** Without the members that are undefined. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const say = (): void => undefined;
const silent = { error: say, warn: say, info: say, debug: say };
