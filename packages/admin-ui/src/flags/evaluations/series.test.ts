import { describe, expect, it } from "vitest";
import type { Series } from "./evaluation-queries.ts";
import { grouped, inOrder, stacked, startsOf } from "./series.ts";

const of = (kind: Series["kind"], variation: number | null, counts: readonly number[]): Series => ({
  kind,
  variation,
  counts,
  total: counts.reduce((sum, count) => sum + count, 0),
});

describe("the series of evaluations", () => {
  const series = [
    of("flagNotFound", null, [1, 0]),
    of("variation", 1, [2, 3]),
    of("fallback", null, [0, 1]),
    of("variation", 0, [5, 5]),
  ];

  it("stand on each other by the places of variations, and what went wrong on top", () => {
    const ordered = inOrder(series);

    expect(ordered.map(({ kind, variation }) => variation ?? kind)).toEqual([
      0,
      1,
      "fallback",
      "flagNotFound",
    ]);
    expect(stacked(ordered)).toEqual([
      [5, 5],
      [7, 8],
      [7, 9],
      [8, 9],
    ]);
  });

  it("begin their steps one after the other", () => {
    expect(startsOf({ from: 100, bucketMs: 60 }, 3)).toEqual([100, 160, 220]);
  });
});

describe("changes in the chart", () => {
  it("are one where they would stand on each other", () => {
    const changes = [{ date: 900 }, { date: 130 }, { date: 100 }, { date: 160 }];

    expect(grouped(changes, 50)).toEqual([
      { date: 100, changes: [{ date: 100 }, { date: 130 }] },
      { date: 160, changes: [{ date: 160 }] },
      { date: 900, changes: [{ date: 900 }] },
    ]);
  });
});
