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

type Touched = (path: string) => boolean;
interface Gathered {
  readonly touched: Touched[];
  readonly done: Promise<void>;
}
const gathered = new WeakMap<QueryClient, Gathered>();
/** Who makes a change hears of it on the live channel too: both are one fetch. */
const gatherMs = 30;

/** Fetches anew what is on screen of the paths that begin so; the rest when it is next shown. */
export function refresh(client: QueryClient, path = "/api/"): Promise<void> {
  return refreshTouched(client, (one) => one.startsWith(path));
}

/** The same for the paths that something touches. */
export function refreshTouched(client: QueryClient, isTouched: Touched): Promise<void> {
  const waiting = gathered.get(client);
  if (waiting !== undefined) {
    waiting.touched.push(isTouched);
    return waiting.done;
  }
  const touched = [isTouched];
  const done = new Promise((resolve) => setTimeout(resolve, gatherMs)).then(() => {
    gathered.delete(client);
    return client.invalidateQueries({
      predicate: ({ queryKey: [key] }) => isPath(key) && touched.some((isOne) => isOne(key)),
    });
  });
  gathered.set(client, { touched, done });
  return done;
}

/** What is no path is nothing that the server is asked for anew. */
function isPath(key: unknown): key is string {
  return typeof key === "string" && key.startsWith("/api/");
}
