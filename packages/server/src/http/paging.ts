import { z } from "zod";

/** What a page holds at most; a list that is longer is read page by page. */
export const largestPage = 10_000;
const usualPage = 20;

/** The part of a query that says which piece of a list is wanted. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(largestPage)
    .default(usualPage)
    .describe(`How many items to answer, ${usualPage} unless told, at most ${largestPage}.`),
  offset: z.coerce.number().int().min(0).default(0).describe("How many items to skip."),
};

/** A part of a list, and how long the whole is. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly totalCount: number;
}

interface Window {
  readonly limit: number;
  readonly offset: number;
}

/** The part of a list that is in memory which a query asks for. */
export function pageOf<T>(all: readonly T[], { limit, offset }: Window): Page<T> {
  return { items: all.slice(offset, offset + limit), totalCount: all.length };
}

/** How the address of one thing is shown. */
export const Link = z.object({ href: z.string(), type: z.string() });

export function linkTo(href: string): z.infer<typeof Link> {
  return { href, type: "application/json" };
}

const PageLinks = z.object({
  self: Link,
  first: Link.optional(),
  prev: Link.optional(),
  next: Link.optional(),
  last: Link.optional(),
});

/** The schema of a list of the given things. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), totalCount: z.int(), _links: PageLinks });
}

/** A list that is answered whole. */
export function wholeList<Item>(href: string, items: readonly Item[]) {
  return { items: [...items], totalCount: items.length, _links: { self: linkTo(href) } };
}

/**
 * A page of a list as REST shows it, with the links to the pages about it. `url` is the request's:
 * what else it asks for stays in the links. Links that lead nowhere new are left out.
 */
export function pagedList<Item>(
  url: string,
  { items, totalCount }: Page<Item>,
  { limit, offset }: Window,
) {
  const lastOffset = Math.max(0, Math.floor((totalCount - 1) / limit) * limit);
  const at = (to: number) => linkTo(withOffset(url, { limit, offset: to }));
  return {
    items: [...items],
    totalCount,
    _links: {
      self: linkTo(url),
      ...(offset > 0 ? { first: at(0), prev: at(Math.max(0, offset - limit)) } : {}),
      ...(offset + limit < totalCount ? { next: at(offset + limit), last: at(lastOffset) } : {}),
    },
  };
}

function withOffset(url: string, { limit, offset }: Window): string {
  const [path = "", query] = url.split("?");
  const parameters = new URLSearchParams(query);
  parameters.set("limit", String(limit));
  parameters.delete("offset");
  if (offset > 0) parameters.set("offset", String(offset));
  return `${path}?${parameters}`;
}
