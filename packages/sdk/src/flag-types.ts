import type { Json } from "@halyard/evaluation";

/** The project's flags and their values, filled in by the types that `halyard codegen` writes. */
// biome-ignore lint/suspicious/noEmptyInterface: It is open, so that generated types can add to it.
export interface FlagTypes {}

/** Any string, or where flag types are declared, one of their keys. */
export type FlagKey = [keyof FlagTypes] extends [never] ? string : keyof FlagTypes;

/** What a fallback for the flag may be. */
export type FlagFallback<K> = K extends keyof FlagTypes ? FlagTypes[K] : Json;

/** What the flag gives: its declared type, or else the fallback's type without its exact value. */
export type FlagValue<K, F> = K extends keyof FlagTypes ? FlagTypes[K] : Widen<F>;

type Widen<F> = F extends string
  ? string
  : F extends number
    ? number
    : F extends boolean
      ? boolean
      : F extends null
        ? Json
        : F;
