import type { Json } from "@halyard/evaluation";
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { apiPath, resource } from "../api/queries.ts";
import type { NamedFlag } from "../palette/flag-names.ts";
import type { TailLine } from "./tail.ts";

/** What lines of the tail are told with: a count names its variation by number alone. */
export interface TailedFlag {
  readonly key: string;
  readonly variations: readonly { readonly value: Json }[];
}

/** More flags than these are not on screen at once. */
const atMost = 100;

/** The flags of the lines, as far as they are known. Code also asks for keys that no flag has. */
export function useTailedFlags(
  { project, environment }: { readonly project: string; readonly environment: string },
  lines: readonly TailLine[],
  names: readonly NamedFlag[],
): ReadonlyMap<string, TailedFlag> {
  const there = useMemo(() => new Set(names.map(({ key }) => key)), [names]);
  const asked = new Set(lines.map(({ flag }) => flag));
  const keys = [...asked].filter((key) => there.has(key)).slice(0, atMost);
  const env = new URLSearchParams({ env: environment });
  return useQueries({
    queries: keys.map((key) => resource<TailedFlag>(`${apiPath("flags", project, key)}?${env}`)),
    combine: byKey,
  });
}

function byKey(results: UseQueryResult<TailedFlag>[]): ReadonlyMap<string, TailedFlag> {
  return new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.key, data]])));
}
