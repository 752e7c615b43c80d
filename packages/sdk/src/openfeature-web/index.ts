export type { FlagDescription, ProviderOptions } from "../openfeature/resolution.ts";
export { HalyardWebProvider, type WebProviderOptions } from "./provider.ts";
