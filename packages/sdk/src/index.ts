export type { AllFlagsOptions, AllFlagsState } from "./all-flags-state.ts";
export type { Change, ChangeEvent, ChangeListener } from "./change-listeners.ts";
export { type ClientStatus, HalyardClient, init } from "./client.ts";
export type { Detail } from "./decision.ts";
export type { FlagKey, FlagTypes, FlagValue } from "./flag-types.ts";
export type { Logger } from "./logger.ts";
export type { Options } from "./options.ts";
export type { Initialization, Source, WaitOptions } from "./readiness.ts";
