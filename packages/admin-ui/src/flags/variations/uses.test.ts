import { describe, expect, it } from "vitest";
import type { ConfigurationRepresentation } from "../state/flag-representation.ts";
import { isServed, usesOf } from "./uses.ts";

const plain: ConfigurationRepresentation = {
  on: true,
  salt: "s",
  version: 1,
  targets: [],
  contextTargets: [],
  rules: [],
  fallthrough: { variation: 0 },
  offVariation: 1,
  prerequisites: [],
  trackEvents: false,
  trackEventsFallthrough: false,
};
const split: ConfigurationRepresentation = {
  ...plain,
  targets: [{ contextKind: "user", variation: 1, values: ["ada", "grace"] }],
  contextTargets: [{ contextKind: "org", variation: 1, values: ["acme"] }],
  rules: [
    { _id: "a", clauses: [], trackEvents: false, variation: 0 },
    {
      _id: "b",
      clauses: [],
      trackEvents: false,
      rollout: {
        variations: [
          { variation: 1, weight: 25_000 },
          { variation: 0, weight: 75_000 },
          { variation: 2, weight: 0 },
        ],
      },
    },
  ],
};

describe("the uses of a variation", () => {
  it("are everyone and off where nothing else decides", () => {
    expect(usesOf(plain, 0)).toEqual([{ kind: "everyone", isElse: false }]);
    expect(usesOf(plain, 1)).toEqual([{ kind: "off" }]);
    expect(usesOf(plain, 2)).toEqual([]);
  });

  it("are individuals, rules, shares of them, everyone else, and off", () => {
    expect(usesOf(split, 1)).toEqual([
      { kind: "targets", count: 3 },
      { kind: "rule", number: 2, weight: 25_000 },
      { kind: "off" },
    ]);
    expect(usesOf(split, 0)).toEqual([
      { kind: "rule", number: 1 },
      { kind: "rule", number: 2, weight: 75_000 },
      { kind: "everyone", isElse: true },
    ]);
  });
});

describe("whether a variation is served", () => {
  it("is told by the switch", () => {
    expect(isServed(plain, 0)).toBe(true);
    expect(isServed(plain, 1)).toBe(false);
    expect(isServed({ ...plain, on: false }, 0)).toBe(false);
    expect(isServed({ ...plain, on: false }, 1)).toBe(true);
  });

  it("is not told by a share of nothing", () => {
    expect(usesOf(split, 2)).toEqual([{ kind: "rule", number: 2, weight: 0 }]);
    expect(isServed(split, 2)).toBe(false);
  });
});
