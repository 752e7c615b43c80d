import { queryOptions, useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";

export interface NamedFlag {
  readonly key: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** Only what is searched; it may be some seconds old, and is there at once the next time. */
export function flagNames(project: string) {
  const names = resource<Items<NamedFlag>>(apiPath("projects", project, "flag-names"));
  return queryOptions({ ...names, staleTime: 60_000, gcTime: Number.POSITIVE_INFINITY });
}

/** What the flag of a key is called; its key until that is known. */
export function useFlagName(project: string): (key: string) => string {
  const { data } = useQuery(flagNames(project));
  return (key) => data?.items.find((flag) => flag.key === key)?.name ?? key;
}
