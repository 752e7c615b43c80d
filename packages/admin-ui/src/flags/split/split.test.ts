import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  evenly,
  everyone,
  type Part,
  placesOf,
  shareThatMoves,
  weightOfPercent,
  withDividerMoved,
  withWeight,
} from "./split.ts";

const sum = (parts: readonly Part[]) => parts.reduce((total, { weight }) => total + weight, 0);
const named = (...weights: number[]): Part[] =>
  weights.map((weight, index) => ({ variationId: `v${index}`, weight }));

/** Any split of two to six variations: cuts of the line from 0 to everyone. */
const anySplit = fc
  .array(fc.integer({ min: 0, max: everyone }), { minLength: 1, maxLength: 5 })
  .map((cuts) => {
    const edges = [0, ...cuts.sort((a, b) => a - b), everyone];
    return named(...edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0)));
  });

describe("a split", () => {
  it("is everyone, whatever divider is moved and however far", () => {
    fc.assert(
      fc.property(anySplit, fc.nat(5), fc.integer({ min: -2e5, max: 2e5 }), (parts, index, by) => {
        const moved = withDividerMoved(parts, index, by);
        expect(sum(moved)).toBe(everyone);
        expect(moved.every(({ weight }) => weight >= 0)).toBe(true);
        for (const [at, part] of parts.entries()) {
          if (at !== index && at !== index + 1) expect(moved[at]).toEqual(part);
        }
      }),
    );
  });

  it("is everyone, whatever weight is typed, and locked parts stay", () => {
    fc.assert(
      fc.property(
        anySplit,
        fc.nat(5),
        fc.integer({ min: -10, max: 150_000 }),
        fc.uniqueArray(fc.constantFrom("v0", "v1", "v2", "v3", "v4", "v5")),
        (parts, index, wanted, locks) => {
          const locked = new Set<string>(locks);
          const typed = withWeight(parts, index, wanted, locked);
          expect(sum(typed)).toBe(everyone);
          expect(typed.every(({ weight }) => weight >= 0)).toBe(true);
          for (const [at, part] of parts.entries()) {
            if (at !== index && locked.has(part.variationId)) expect(typed[at]).toEqual(part);
          }
        },
      ),
    );
  });

  it("takes what is typed from the largest other part", () => {
    expect(withWeight(named(10_000, 70_000, 20_000), 0, 25_000)).toEqual(
      named(25_000, 55_000, 20_000),
    );
    expect(withWeight(named(10_000, 70_000, 20_000), 0, 25_000, new Set(["v1"]))).toEqual(
      named(15_000 + 10_000, 70_000, 5_000),
    );
  });

  it("gives equal parts, to a thousandth of a percent", () => {
    expect(evenly(named(0, 0, everyone))).toEqual(named(33_334, 33_333, 33_333));
  });

  it("tells how many people another variation is dealt", () => {
    expect(shareThatMoves(named(10_000, 90_000), named(25_000, 75_000))).toBeCloseTo(0.15);
    expect(shareThatMoves(named(10_000, 90_000), named(10_000, 90_000))).toBe(0);
    const turned = [...named(50_000, 50_000)].reverse();
    expect(shareThatMoves(named(50_000, 50_000), turned)).toBe(1);
  });

  it("lies on a line from 0 to 1", () => {
    expect(placesOf(named(25_000, 70_000, 5_000)).map(({ from }) => from)).toEqual([0, 0.25, 0.95]);
  });

  it("reads percentages as people type them", () => {
    expect(["12.5", "12,5 ", "100%", "0.001"].map(weightOfPercent)).toEqual([
      12_500, 12_500, 100_000, 1,
    ]);
    expect(["", "-1", "101", "many"].map(weightOfPercent)).toEqual(Array(4).fill(undefined));
  });
});
