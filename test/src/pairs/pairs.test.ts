import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { comparePairs } from "./compare-pairs.ts";

const everyReason = [
  "FALLTHROUGH",
  "MALFORMED_FLAG",
  "OFF",
  "PREREQUISITE_FAILED",
  "RULE_MATCH",
  "TARGET_MATCH",
];

it.each([1, randomInt(2 ** 31)])(
  "evaluates as LaunchDarkly's SDK for Node does: random flags and contexts of seed %i",
  async (seed) => {
    const { pairs, differences, reasons } = await comparePairs(25_000, seed);

    expect(differences).toEqual([]);
    expect(pairs).toBe(25_000);
    expect(Object.keys(reasons).sort()).toEqual(everyReason);
  },
  180_000,
);
