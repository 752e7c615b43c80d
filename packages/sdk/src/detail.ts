import type { Basis, ExplanationStep, Reason } from "@halyard/evaluation";
import type { SourceName } from "./source/flag-source.ts";

/** A value with the story behind it. */
export interface Detail<Value> {
  readonly value: Value;
  /** Null where the fallback was given. */
  readonly variationIndex: number | null;
  readonly reason: Reason;
  /** What the value hangs on; undefined where the fallback was given. */
  readonly basis: Basis | undefined;
  /** Where the flag came from, or that it was the fallback that was given. */
  readonly source: SourceName | "fallback";
  /** The environment's version; undefined before flags arrived, or where the service has none. */
  readonly version: number | undefined;
  /** Milliseconds since the flags were last known to be the server's; undefined before any arrived. */
  readonly ageMs: number | undefined;
  /** Each step of the evaluation; empty where there was none. */
  explain(): readonly ExplanationStep[];
}

/** The type an app expects, as `typeof` names it; undefined where any will do. */
export type ExpectedType = JsonType | "migration stage" | undefined;

/** A type of JSON, as `typeof` names it. */
export type JsonType = "boolean" | "string" | "number" | "object";
