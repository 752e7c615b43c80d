export type { AllFlagsOptions, AllFlagsState } from "./all-flags-state.ts";
export type { BoundClient } from "./bound-client.ts";
export { HalyardClient, init } from "./client.ts";
export type { Detail } from "./decision.ts";
export type { FlagKey, FlagTypes, FlagValue } from "./flag-types.ts";
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
export type { Options, Tags, TlsOptions } from "./options.ts";
export type { Initialization, WaitOptions } from "./readiness.ts";
export type { FlagSource, SourceName } from "./source/flag-source.ts";
