import { queryOptions } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";

interface NamedFlag {
  readonly key: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** Only what is searched; it may be some seconds old, and is there at once the next time. */
export function flagNames(project: string) {
  const names = resource<Items<NamedFlag>>(apiPath("projects", project, "flag-names"));
  return queryOptions({ ...names, staleTime: 60_000, gcTime: Number.POSITIVE_INFINITY });
}
