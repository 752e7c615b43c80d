import { z } from "zod";

/** Null counts as absent. */
const maybe = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => value ?? undefined);

const streaming = z.object({
  baseUri: maybe(z.string()),
  initialRetryDelayMs: maybe(z.number()),
  filter: maybe(z.string()),
});

const polling = z.object({
  baseUri: maybe(z.string()),
  pollIntervalMs: maybe(z.number()),
  filter: maybe(z.string()),
});

const persistentDataStore = z.object({
  store: z.object({ type: z.string(), prefix: maybe(z.string()), dsn: z.string() }),
  cache: z.object({ mode: z.enum(["off", "ttl", "infinite"]), ttl: maybe(z.number()) }),
});

const events = z.object({
  baseUri: maybe(z.string()),
  capacity: maybe(z.number()),
  enableDiagnostics: maybe(z.boolean()),
  allAttributesPrivate: maybe(z.boolean()),
  globalPrivateAttributes: maybe(z.array(z.string())),
  flushIntervalMs: maybe(z.number()),
  omitAnonymousContexts: maybe(z.boolean()),
  enableGzip: maybe(z.boolean()),
});

const hook = z.object({
  name: z.string(),
  callbackUri: z.string(),
  data: maybe(z.record(z.string(), maybe(z.record(z.string(), z.unknown())))),
  errors: maybe(z.record(z.string(), maybe(z.string()))),
});

const dataSystem = z.object({
  initializers: maybe(z.array(z.object({ polling: maybe(polling) }))),
  synchronizers: maybe(z.array(z.object({ streaming: maybe(streaming), polling: maybe(polling) }))),
  fdv1Fallback: maybe(polling),
  payloadFilter: maybe(z.string()),
  store: maybe(z.object({ persistentDataStore: maybe(persistentDataStore) })),
  storeMode: maybe(z.number()),
});

/** What the one who tests asks a client to be made of. */
export const Configuration = z.object({
  credential: z.string(),
  /** Zero is for as long as usual. */
  startWaitTimeMs: maybe(z.number()).transform((ms = 0) => (ms === 0 ? 5_000 : ms)),
  initCanFail: maybe(z.boolean()),
  serviceEndpoints: maybe(
    z.object({
      streaming: maybe(z.string()),
      polling: maybe(z.string()),
      events: maybe(z.string()),
    }),
  ),
  streaming: maybe(streaming),
  polling: maybe(polling),
  events: maybe(events),
  dataSystem: maybe(dataSystem),
  persistentDataStore: maybe(persistentDataStore),
  bigSegments: maybe(
    z.object({
      callbackUri: z.string(),
      userCacheSize: maybe(z.number()),
      userCacheTimeMs: maybe(z.number()),
      statusPollIntervalMs: maybe(z.number()),
      staleAfterMs: maybe(z.number()),
    }),
  ),
  tags: maybe(
    z.object({ applicationId: maybe(z.string()), applicationVersion: maybe(z.string()) }),
  ),
  hooks: maybe(z.object({ hooks: z.array(hook) })),
  wrapper: maybe(z.object({ name: maybe(z.string()), version: maybe(z.string()) })),
  tls: maybe(z.object({ skipVerifyPeer: maybe(z.boolean()), customCAFile: maybe(z.string()) })),
  proxy: maybe(z.object({ httpProxy: maybe(z.string()) })),
  clientSide: maybe(
    z.object({
      initialContext: maybe(z.record(z.string(), z.unknown())),
      initialUser: maybe(z.record(z.string(), z.unknown())),
      evaluationReasons: maybe(z.boolean()),
      useReport: maybe(z.boolean()),
      hash: maybe(z.string()),
    }),
  ),
});
export type Configuration = z.infer<typeof Configuration>;
export type HookConfiguration = z.infer<typeof hook>;
export type PersistentStoreConfiguration = z.infer<typeof persistentDataStore>;
