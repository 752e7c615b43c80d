import type { Basis, ErrorKind, Json, Reason } from "@halyard/evaluation";
import type { Result, Results } from "./results.ts";

/** Where the values that are served came from. */
export type Source = "stream" | "poll" | "cache" | "bootstrap" | "none";

/** A value with the story behind it. */
export interface Detail<Value> {
  readonly value: Value;
  /** Null where the fallback was given. */
  readonly variationIndex: number | null;
  /** Null where the server was not asked for reasons. */
  readonly reason: Reason | null;
  /** What the value hangs on; undefined where the server was not asked for reasons. */
  readonly basis?: Basis | undefined;
  readonly source: Source;
  /** The flag's version. */
  readonly version?: number;
  /** Since the server last stood by the value; 0 while it does. */
  readonly ageMs?: number;
}

export interface Question {
  readonly key: string;
  readonly fallback: unknown;
  /** The type the app expects, as `typeof` names it; undefined where any will do. */
  readonly type?: string;
}

/** Answers from the results; with the fallback where there are none, or no such flag, or another type. */
export function answerTo(
  { key, fallback, type }: Question,
  results: Results | undefined,
  held: { readonly source: Source; readonly ageMs: number },
): Detail<unknown> {
  const failed = (errorKind: ErrorKind): Detail<unknown> => ({
    value: fallback,
    variationIndex: null,
    reason: { kind: "ERROR", errorKind },
    source: results ? held.source : "none",
  });
  if (results === undefined) return failed("CLIENT_NOT_READY");
  const result = presentIn(results, key);
  if (result === undefined) return failed("FLAG_NOT_FOUND");
  const { value, variation = null, reason = null, basis, version, flagVersion = version } = result;
  if (value !== null && type !== undefined && typeof value !== type) return failed("WRONG_TYPE");
  return {
    value: value === null ? fallback : value,
    variationIndex: variation,
    reason,
    basis,
    version: flagVersion,
    ...held,
  };
}

/** The result of a flag that is not gone. */
export function presentIn(results: Results, key: string): Result | undefined {
  const result = results.get(key);
  return result?.value === undefined ? undefined : result;
}

export function valuesOf(results: Results | undefined): Readonly<Record<string, Json>> {
  const values: [string, Json][] = [];
  for (const [key, { value }] of results ?? []) if (value !== undefined) values.push([key, value]);
  return Object.fromEntries(values);
}
