import { expect, it } from "vitest";
import { z } from "zod";
import { pagedList, pageOf, pageQuery } from "./paging.ts";

const Query = z.object(pageQuery);
const letters = ["a", "b", "c", "d", "e"];

function linksOf(url: string): Record<string, string> {
  const query = Query.parse(Object.fromEntries(new URL(url, "http://here").searchParams));
  const { _links } = pagedList(url, pageOf(letters, query), query);
  return Object.fromEntries(Object.entries(_links).map(([name, { href }]) => [name, href]));
}

it("leads from a page in the middle to all the others, and keeps what else was asked for", () => {
  expect(linksOf("/x?tag=a%20b&limit=2&offset=2")).toEqual({
    self: "/x?tag=a%20b&limit=2&offset=2",
    first: "/x?tag=a+b&limit=2",
    prev: "/x?tag=a+b&limit=2",
    next: "/x?tag=a+b&limit=2&offset=4",
    last: "/x?tag=a+b&limit=2&offset=4",
  });
});

it.each([
  ["/x", ["self"]],
  ["/x?limit=5", ["self"]],
  ["/x?limit=2", ["self", "next", "last"]],
  ["/x?limit=2&offset=4", ["self", "first", "prev"]],
  ["/x?limit=2&offset=40", ["self", "first", "prev"]],
])("leaves out the links that lead nowhere new: %s", (url, names) => {
  expect(Object.keys(linksOf(url))).toEqual(names);
});

it("gives the piece that is asked for, and says how long the whole is", () => {
  expect(pageOf(letters, { limit: 2, offset: 3 })).toEqual({ items: ["d", "e"], totalCount: 5 });
});

it("says its cap where more is asked for", () => {
  const parsed = Query.safeParse({ limit: "10001" });

  expect(parsed.error?.issues[0]?.message).toContain("10000");
});
