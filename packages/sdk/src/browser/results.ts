import type { Basis, Json, JsonObject, Reason } from "@halyard/evaluation";
import { isObject } from "./identity.ts";

/** What a flag gives the context. Without a value it is known to be gone. */
export interface Result {
  readonly value?: Json;
  readonly variation?: number | null;
  /** Of the environment: a later one supersedes. */
  readonly version: number;
  readonly flagVersion?: number;
  readonly trackEvents?: boolean;
  readonly trackReason?: boolean;
  readonly reason?: Reason;
  readonly basis?: Basis;
  readonly debugEventsUntilDate?: number;
  readonly prerequisites?: readonly string[];
}

export type Results = Map<string, Result>;

/** Reads the object of all results; throws where it is none. */
export function resultsFrom(json: unknown): Results {
  if (!isObject(json)) throw new TypeError("no results");
  const isResult = (entry: [string, unknown]): entry is [string, Result & JsonObject] =>
    isObject(entry[1]) && typeof entry[1]["version"] === "number";
  return new Map(Object.entries(json).filter(isResult));
}

/** Reads the JSON of `allFlagsState`, or bare values; undefined where the server had none. */
export function resultsFromBootstrap(json: unknown): Results | undefined {
  if (!isObject(json) || json["$valid"] === false) return undefined;
  const { $flagsState, $valid, ...values } = json;
  const details = isObject($flagsState) ? $flagsState : {};
  return resultsFrom(
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        { version: 0, ...(Object.hasOwn(details, key) ? (details[key] as JsonObject) : {}), value },
      ]),
    ),
  );
}

/**
 * The keys whose values are others now. An equal value keeps its identity in `next`, so that
 * nothing renders anew.
 */
export function changedKeys(before: Results, next: Results): string[] {
  return [...new Set([...before.keys(), ...next.keys()])].filter((key) => {
    const old = before.get(key);
    const now = next.get(key);
    if (JSON.stringify(old?.value) !== JSON.stringify(now?.value)) return true;
    if (now !== undefined && old?.value !== undefined) next.set(key, { ...now, value: old.value });
    return false;
  });
}
