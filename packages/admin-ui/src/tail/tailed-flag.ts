import type { Json } from "@halyard/evaluation";
import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";

/** What lines of the tail are told with: a count names its variation by number alone. */
export interface TailedFlag {
  readonly key: string;
  readonly name: string;
  readonly variations: readonly { readonly value: Json }[];
}

export function useTailedFlags(project: string) {
  const path = `${apiPath("flags", project)}?summary=1&limit=10000`;
  return useQuery(resource<Items<TailedFlag>>(path));
}
