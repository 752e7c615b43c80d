import { describe, expect, it } from "vitest";
import type { FeatureFlag } from "../api/representations.ts";
import { keyFromName } from "./key-from-name.ts";
import { servingSummary } from "./serving-summary.ts";

const flag: FeatureFlag = {
  key: "checkout",
  name: "Checkout",
  temporary: true,
  variations: [
    { _id: "a", value: "old" },
    { _id: "b", value: "new", name: "new" },
  ],
};

describe("keyFromName", () => {
  it("turns a name with accents and signs into a key", () => {
    expect(keyFromName(" Neue Küche: 2! ")).toBe("neue-kuche-2");
  });
});

describe("servingSummary", () => {
  it("says what is served while off", () => {
    expect(servingSummary(flag, { on: false, offVariation: 0 })).toBe('off → "old"');
  });

  it("says what everyone gets", () => {
    expect(servingSummary(flag, { on: true, fallthrough: { variation: 1 } })).toBe(
      "everyone → new",
    );
  });

  it("says how a split goes, in percent", () => {
    const variations = [
      { variation: 1, weight: 25_000 },
      { variation: 0, weight: 75_000 },
    ];

    expect(servingSummary(flag, { on: true, fallthrough: { rollout: { variations } } })).toBe(
      '25% new · 75% "old"',
    );
  });
});
