export { HalyardProvider } from "./provider.ts";
export type { FlagDescription, ProviderOptions } from "./resolution.ts";
