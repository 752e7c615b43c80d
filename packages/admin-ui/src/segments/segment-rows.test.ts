import { describe, expect, it } from "vitest";
import type { SegmentRepresentation } from "./segment-representation.ts";
import { filteredRows, rowsOf } from "./segment-rows.ts";

const segment = (
  key: string,
  rest: Partial<SegmentRepresentation> = {},
): SegmentRepresentation => ({
  key,
  name: key,
  description: "",
  tags: [],
  creationDate: 0,
  lastModifiedDate: 0,
  included: [],
  excluded: [],
  includedContexts: [],
  excludedContexts: [],
  rules: [],
  version: 1,
  unbounded: false,
  generation: 1,
  ...rest,
});
const flag = { key: "checkout", name: "Checkout" };
const rows = rowsOf([
  { environment: "staging", segments: [segment("staff", { _flags: [flag] }), segment("beta")] },
  {
    environment: "production",
    segments: [
      segment("staff", { name: "All staff", tags: ["intern"], _flags: [flag] }),
      segment("mail", { unbounded: true }),
    ],
  },
]);

describe("the segments of all environments", () => {
  it("stand in one row for each key, called as the last environment calls them", () => {
    expect(rows.map(({ name }) => name)).toEqual(["All staff", "beta", "mail"]);
    expect([...(rows[0]?.inEnvironment.keys() ?? [])]).toEqual(["staging", "production"]);
  });

  it("count a flag once, however many environments it names the segment in", () => {
    expect(rows.map(({ flagCount }) => flagCount)).toEqual([1, 0, 0]);
  });

  it.each([
    ["intern", "all", ["staff"]],
    ["STAFF all", "all", ["staff"]],
    ["", "unused", ["beta", "mail"]],
    ["", "used", ["staff"]],
    ["", "big", ["mail"]],
    ["nobody", "all", []],
  ] as const)("are found by %j among %s", (q, show, keys) => {
    expect(filteredRows(rows, { q, show }).map(({ key }) => key)).toEqual(keys);
  });
});
