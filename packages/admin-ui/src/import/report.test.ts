import { describe, expect, it } from "vitest";
import { countsOf, rowsOf, rowsUnder } from "./report.ts";
import { importedOf, summaryOf } from "./words.ts";

const report = {
  taken: [
    { kind: "flag", key: "whole" },
    { kind: "segment", key: "vip", environmentKey: "production" },
    { kind: "segment", key: "vip", environmentKey: "staging" },
    { kind: "flag", key: "twice" },
  ],
  approximated: [{ kind: "flag", key: "partly", why: "it begins off in qa" }],
  refused: [
    { kind: "flag", key: "partly", why: 'environment "qa" is a summary' },
    { kind: "flag", key: "twice", why: "the file has a flag of this key already" },
    { kind: "flag", key: "odd", why: "its key cannot be one" },
  ],
} as const;

describe("the rows of a report", () => {
  const rows = rowsOf(report);

  it("begin with what needs a look", () => {
    expect(rows.map(({ key, outcome }) => `${key} ${outcome}`)).toEqual([
      "odd left",
      "partly changed",
      "twice changed",
      "vip whole",
      "vip whole",
      "whole whole",
    ]);
  });

  it("say all that is to be said of a flag, in sentences", () => {
    expect(rows[1]?.reasons).toEqual(["It begins off in qa.", 'Environment "qa" is a summary.']);
  });

  it("are counted by kind", () => {
    expect(countsOf(rows).whole).toEqual({ flag: 1, segment: 2 });
    expect(importedOf(rows)).toEqual({ flag: 3, segment: 2 });
  });

  it("are found by outcome, key, environment and reason", () => {
    const keys = (outcome: "all" | "left" | "changed" | "whole", typed: string) =>
      rowsUnder(rows, { outcome, typed }).map(({ key }) => key);

    expect(keys("left", "")).toEqual(["odd"]);
    expect(keys("all", "STAGING")).toEqual(["vip"]);
    expect(keys("changed", "summary")).toEqual(["partly"]);
  });
});

describe("the sentence about a report", () => {
  it.each([
    [report, "As it is: 1 flag and 2 segments. With a difference: 2 flags. Behind stays: 1 flag."],
    [
      { taken: report.taken.slice(0, 1), approximated: [], refused: [] },
      "Everything comes over as it is.",
    ],
    [{ taken: [], approximated: [], refused: [] }, "There is nothing in it to import."],
  ])("is in words: %#", (some, words) => {
    expect(summaryOf(rowsOf(some))).toBe(words);
  });
});
