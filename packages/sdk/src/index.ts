export type { AllFlagsOptions, AllFlagsState } from "./all-flags-state.ts";
export type { BigSegmentOptions, BigSegmentStore, BigSegmentsState } from "./big-segments.ts";
export type { BoundClient } from "./bound-client.ts";
export { HalyardClient, init } from "./client.ts";
export { isSameContext, normalizedContext } from "./contexts.ts";
export type { Detail } from "./detail.ts";
export type { CachedSet, FlagCache } from "./flag-cache.ts";
export type {
  FlagFallback,
  FlagKey,
  FlagKeyOf,
  FlagTypes,
  FlagValue,
  FlagValues,
} from "./flag-types.ts";
export type { EvaluationSeries, Hook, SeriesData, TrackSeries } from "./hooks.ts";
export type {
  Change,
  ClientEvents,
  ClientStatus,
  EventName,
  Listener,
  Staleness,
  StatusChange,
} from "./listeners.ts";
export type { Logger } from "./logger.ts";
export {
  createMigration,
  type Endpoint,
  type Migration,
  type MigrationOptions,
  type Outcome,
  type WriteOutcome,
} from "./migrations/migration.ts";
export type { MigrationTracker } from "./migrations/migration-tracker.ts";
export type { Origin, Stage } from "./migrations/stage.ts";
export type {
  FlagSources,
  Options,
  PolledSource,
  StreamedSource,
  Tags,
  TlsOptions,
} from "./options.ts";
export type { Initialization, WaitOptions } from "./readiness.ts";
export { redisBigSegments } from "./redis/redis-big-segments.ts";
export { redisCache } from "./redis/redis-cache.ts";
export type { RedisOptions, SendToRedis } from "./redis/redis-layout.ts";
export { type RedisSourceOptions, redisSource } from "./redis/redis-source.ts";
export { type FileSourceOptions, fileSource } from "./source/file-source.ts";
export type { FlagSource, SourceName } from "./source/flag-source.ts";
export type { ValueChange } from "./value-watch.ts";
