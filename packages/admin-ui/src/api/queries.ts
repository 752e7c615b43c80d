import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { request, requestWithEtag } from "./request.ts";

/** The management API's path of a thing, each part escaped: `path("flags", project, key)`. */
export function apiPath(...parts: readonly string[]): string {
  return `/api/v2/${parts.map(encodeURIComponent).join("/")}`;
}

/** What a GET of the path gives; the path, with its query, is what it is cached by. */
export function resource<T>(path: string) {
  return queryOptions({
    queryKey: [path],
    queryFn: ({ signal }) => request<T>("GET", path, undefined, { signal }),
  });
}

/** The same with its ETag, for what is changed under `ifMatch`. @public */
export function taggedResource<T>(path: string) {
  return queryOptions({
    queryKey: [path, "etag"],
    queryFn: ({ signal }) => requestWithEtag<T>(path, signal),
  });
}

/** Fetches anew what is on screen of the paths that begin so; the rest when it is next shown. */
export function refresh(client: QueryClient, path = "/api/"): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => isUnder(queryKey[0], path) });
}

function isUnder(key: unknown, path: string): boolean {
  return typeof key === "string" && key.startsWith(path);
}
