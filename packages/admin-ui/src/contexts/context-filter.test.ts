import { describe, expect, it } from "vitest";
import { contextSearch, filterOf } from "./context-filter.ts";

describe("the filter of contexts", () => {
  it.each([
    [{}, ""],
    [{ q: 'a"da ' }, 'key contains "a\\"da"'],
    [{ kind: "org" }, 'kind equals "org"'],
    [{ attribute: "plan" }, "*.plan exists true"],
    [
      { kind: "user", attribute: "plan", value: '"pro"' },
      'kind equals "user",user.plan equals "pro"',
    ],
    [{ attribute: "seats", value: "3" }, "*.seats equals 3"],
  ])("of %j is %s", (search, filter) => {
    expect(filterOf(search)).toBe(filter);
  });
});

describe("the address of the search", () => {
  it("keeps what is known, and takes a number as the JSON that it was", () => {
    expect(contextSearch({ q: "", kind: "org", value: 3, other: "x" })).toEqual({
      kind: "org",
      value: "3",
    });
  });
});
