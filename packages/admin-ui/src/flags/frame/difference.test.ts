import { describe, expect, it } from "vitest";
import type { ConfigurationRepresentation } from "../state/flag-representation.ts";
import { servesAlike } from "./difference.ts";

const one: ConfigurationRepresentation = {
  on: true,
  salt: "a",
  version: 3,
  targets: [{ contextKind: "user", variation: 0, values: ["ada", "grace"] }],
  contextTargets: [],
  rules: [
    {
      _id: "r1",
      clauses: [{ _id: "c1", attribute: "country", op: "in", negate: false, values: ["DE"] }],
      variation: 1,
      trackEvents: false,
    },
  ],
  fallthrough: { variation: 0 },
  offVariation: 1,
  prerequisites: [],
  trackEvents: false,
  trackEventsFallthrough: false,
};

describe("servesAlike", () => {
  it("does not mind ids, salts, versions and the order of keys", () => {
    const other = {
      ...one,
      salt: "b",
      version: 9,
      targets: [{ contextKind: "user", variation: 0, values: ["grace", "ada"] }],
      rules: one.rules.map((rule) => ({ ...rule, _id: "other" })),
    };

    expect(servesAlike(one, other)).toBe(true);
  });

  it.each<[string, Partial<ConfigurationRepresentation>]>([
    ["on", { on: false }],
    ["the default", { fallthrough: { variation: 1 } }],
    ["what is served when off", { offVariation: 0 }],
    ["targets", { targets: [] }],
    ["rules", { rules: [] }],
    ["prerequisites", { prerequisites: [{ key: "billing", variation: 0 }] }],
    ["weights", { fallthrough: { rollout: { variations: [{ variation: 0, weight: 100_000 }] } } }],
  ])("minds %s", (_, changed) => {
    expect(servesAlike(one, { ...one, ...changed })).toBe(false);
  });
});
