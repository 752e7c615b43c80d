import { describe, expect, it } from "vitest";
import { pinnedVariation } from "./pinned.ts";

describe("what a context gets by name", () => {
  const config = {
    on: true,
    targets: [{ contextKind: "user", variation: 1, values: ["ada"] }],
    contextTargets: [
      { contextKind: "user", variation: 1, values: [] },
      { contextKind: "org", variation: 0, values: ["acme", "ada"] },
    ],
  };

  it.each([
    ["user", "ada", 1],
    ["org", "ada", 0],
    ["user", "acme", undefined],
  ])("is found for the %s %s: %s", (kind, key, variation) => {
    expect(pinnedVariation(config, { kind, key })).toBe(variation);
  });
});
