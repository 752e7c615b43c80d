import { useQueries } from "@tanstack/react-query";
import { apiPath, resource } from "../../api/queries.ts";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import type { VariationOfFlag } from "../state/flag-state.ts";

/** The flags that a flag requires, and those that they require, by key; those that have come so far. */
export function useRequiredFlags(
  project: string,
  flag: FlagRepresentation,
  more: readonly string[] = [],
): ReadonlyMap<string, FlagRepresentation> {
  return useQueries({
    queries: [...keysOf(flag), ...more].map((key) =>
      resource<FlagRepresentation>(apiPath("flags", project, key)),
    ),
    combine: mapOf,
  });
}

/** The keys of what a flag requires in any environment. */
export function keysOf({ environments }: FlagRepresentation): readonly string[] {
  const all = Object.values(environments).flatMap(({ prerequisites }) => prerequisites);
  return [...new Set(all.map(({ key }) => key))];
}

function mapOf(
  results: readonly { readonly data?: FlagRepresentation | undefined }[],
): ReadonlyMap<string, FlagRepresentation> {
  return new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.key, data]])));
}

export function variationIn(known: ReadonlyMap<string, FlagRepresentation>): VariationOfFlag {
  return (key, index) => known.get(key)?.variations[index]?._id;
}
