import type { Json } from "@halyard/evaluation";
import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { type ContextSearch, filterOf } from "./context-filter.ts";
import type {
  ContextObject,
  ContextSetting,
  FlagEvaluation,
  SeenContext,
  SeenInstance,
  SeenPage,
} from "./context-representation.ts";

const pageSize = 50;

export function environmentPath(project: string, environment: string, ...more: readonly string[]) {
  return apiPath("projects", project, "environments", environment, ...more);
}

/** The contexts that fit, page after page; those that were seen last come first. */
export function useSeenContexts(project: string, environment: string, search: ContextSearch) {
  const path = environmentPath(project, environment, "contexts", "search");
  const filter = filterOf(search);
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: [path, filter],
      enabled: environment !== "",
      initialPageParam: "",
      queryFn: ({ pageParam, signal }) =>
        request<SeenPage<SeenContext>>(
          "POST",
          path,
          {
            ...(filter === "" ? {} : { filter }),
            ...(pageParam === "" ? {} : { continuationToken: pageParam }),
            limit: pageSize,
          },
          { signal },
        ),
      getNextPageParam: ({ continuationToken }) => continuationToken,
    }),
  );
}

/** The contexts that were last evaluated together with this one, itself among them. Undefined where it was not seen. */
export function lastInstance(project: string, environment: string, kind: string, key: string) {
  const path = environmentPath(project, environment, "context-instances", "search");
  const filter = `kindKeys equals ${JSON.stringify(`${kind}:${key}`)}`;
  return queryOptions({
    queryKey: [path, filter],
    queryFn: async ({ signal }) => {
      const body = { filter, limit: 1 };
      const found = await request<SeenPage<SeenInstance>>("POST", path, body, { signal });
      return found.items[0] ?? null;
    },
  });
}

/** What every flag gives to a context. */
export function evaluations(project: string, environment: string, context: ContextObject) {
  const path = environmentPath(project, environment, "flags", "evaluate");
  return queryOptions({
    queryKey: [path, JSON.stringify(context)],
    queryFn: ({ signal }) => request<Items<FlagEvaluation>>("POST", path, context, { signal }),
  });
}

export function useContextSetting(project: string, environment: string) {
  return useQuery({
    ...resource<ContextSetting>(environmentPath(project, environment, "context-settings")),
    enabled: environment !== "",
  });
}

interface NamesOfKind {
  readonly kind: string;
  readonly names: readonly { readonly name: string; readonly weight: number }[];
}

/** Which kinds of contexts there are, and which attributes they have, the most frequent first. */
export function useAttributeNames(project: string, environment: string) {
  const path = environmentPath(project, environment, "context-attributes");
  return useQuery({
    ...resource<Items<NamesOfKind>>(`${path}?limit=1000`),
    enabled: environment !== "",
    staleTime: 30_000,
  });
}

interface ValuesOfKind {
  readonly kind: string;
  readonly values: readonly { readonly name: Json; readonly weight: number }[];
}

export function useAttributeValues(
  project: string,
  environment: string,
  attribute: string | undefined,
) {
  const path = environmentPath(project, environment, "context-attributes", attribute ?? "");
  return useQuery({
    ...resource<Items<ValuesOfKind>>(`${path}?limit=100`),
    enabled: environment !== "" && attribute !== undefined,
    staleTime: 30_000,
  });
}
