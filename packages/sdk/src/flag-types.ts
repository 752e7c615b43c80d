import type { Json } from "@halyard/evaluation";

/** The project's flags and their values, filled in by the file that `halyard types` writes. */
// biome-ignore lint/suspicious/noEmptyInterface: It is open, so that generated types can add to it.
export interface FlagTypes {}

/** Any string, or where flag types are declared, one of their keys. */
export type FlagKey = IfDeclared<keyof FlagTypes, string>;

/** Any string, or where flag types are declared, a key of a flag whose values are all such. */
export type FlagKeyOf<Value> = IfDeclared<
  { [K in keyof FlagTypes]: FlagTypes[K] extends Value ? K : never }[keyof FlagTypes],
  string
>;

/** What a fallback for the flag may be. */
export type FlagFallback<K, Value = Json> = K extends keyof FlagTypes ? FlagTypes[K] : Value;

/** What the flag gives: its declared type, or else the fallback's type without its exact value. */
export type FlagValue<K, F> = K extends keyof FlagTypes ? FlagTypes[K] : Widen<F>;

/** Values by the flags' keys; only of declared flags where their types are declared. */
export type FlagValues = IfDeclared<Readonly<Partial<FlagTypes>>, Readonly<Record<string, Json>>>;

type IfDeclared<Typed, Untyped> = [keyof FlagTypes] extends [never] ? Untyped : Typed;

type Widen<F> = F extends string
  ? string
  : F extends number
    ? number
    : F extends boolean
      ? boolean
      : F extends null
        ? Json
        : F;
