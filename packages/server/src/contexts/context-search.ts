import { z } from "zod";
import { DomainError } from "../errors.ts";
import { type Condition, parseConditions } from "../http/condition.ts";
import { parseSort } from "../http/sort.ts";
import type { SeenPage, SeenQuery } from "./seen-context-store.ts";

const largestPage = 1_000;
const limit = z.coerce.number().int().min(1).max(largestPage);
const asked = {
  filter: z.string().optional().describe('Such as kind equals "user",*.name startsWith "Ad".'),
  sort: z.string().optional().describe("ts or -ts: by the time at which it was seen last."),
  continuationToken: z.string().optional().describe("From the page before."),
};

/** The query of a search, and of the reading of what is found by its name. */
export const SearchQuery = z.object({
  ...asked,
  limit: limit.default(20),
  includeTotalCount: z.stringbool().default(true),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** What a body says goes before what the query says. */
export const SearchBody = z.object({ ...asked, limit: limit.optional() }).nullish();

export function mergedSearch(query: SearchQuery, body: z.infer<typeof SearchBody>): SearchQuery {
  const given = Object.entries(body ?? {}).filter(([, value]) => value !== undefined);
  return { ...query, ...Object.fromEntries(given) };
}

const known = ["kind", "key", "kinds", "kindKeys", "applicationId", "id", "lastSeen"];

/** What is asked of the sample of an environment; `also` has to fit whatever the client asks for. */
export function seenQuery(
  environmentId: string,
  { filter, sort, limit: wanted, continuationToken }: SearchQuery,
  also: readonly Condition[] = [],
): SeenQuery {
  const isOldestFirst = parseSort<number>(sort ?? "-ts", { ts: (a, b) => a - b })(0, 1) < 0;
  const isField = (name: string) => /^(\*|[\w.-]+?)\..+/u.test(name);
  return {
    environmentId,
    conditions: [...also, ...parseConditions(filter, { known, isField })],
    isOldestFirst,
    limit: wanted,
    after: continuationToken === undefined ? undefined : placeIn(continuationToken),
  };
}

/** The members of a collection that lead on to the next page. */
export function continuation<T extends { readonly lastSeen: number }>(
  { items, totalCount, hasMore }: SeenPage<T>,
  { url, nameOf, query }: { url: string; nameOf: (one: T) => string; query: SearchQuery },
) {
  const last = items.at(-1);
  const token =
    hasMore && last !== undefined
      ? Buffer.from(JSON.stringify([last.lastSeen, nameOf(last)])).toString("base64url")
      : undefined;
  const [path = "", parameters] = url.split("?");
  const next = new URLSearchParams(parameters);
  if (token !== undefined) next.set("continuationToken", token);
  const type = "application/json";
  return {
    ...(query.includeTotalCount ? { totalCount } : {}),
    ...(token === undefined ? {} : { continuationToken: token }),
    _links: {
      self: { href: url, type },
      ...(token === undefined ? {} : { next: { href: `${path}?${next}`, type } }),
    },
  };
}

const Place = z.tuple([z.number(), z.string()]);

function placeIn(token: string): readonly [number, string] {
  const place = Place.safeParse(jsonOf(Buffer.from(token, "base64url").toString()));
  if (place.success) return place.data;
  throw new DomainError(
    "invalid_request",
    "the continuationToken is not one of ours; take it from the page before, or leave it out",
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The caller says what is wrong with the token.
  }
}
