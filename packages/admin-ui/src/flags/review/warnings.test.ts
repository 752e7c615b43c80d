import type { FlagState } from "@halyard/instructions";
import { describe, expect, it } from "vitest";
import { applied, type Instructions } from "../draft/steps.ts";
import { movedBetween, type Surroundings, warningsOf } from "./warnings.ts";

const old = "id-old";
const fresh = "id-new";
const made: FlagState = {
  key: "checkout",
  name: "Checkout",
  description: "",
  kind: "multivariate",
  variations: [
    { id: old, value: "old" },
    { id: fresh, value: "new" },
  ],
  tags: [],
  temporary: true,
  archived: false,
  deprecated: false,
  clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false },
  customProperties: {},
  defaults: { onVariationId: old, offVariationId: fresh },
  environments: {
    production: {
      on: false,
      salt: "salt",
      prerequisites: [],
      targets: [],
      rules: [],
      fallthrough: { variationId: old },
      offVariationId: fresh,
      trackEvents: false,
      trackEventsFallthrough: false,
    },
  },
};

function after(instructions: Instructions, flag = made) {
  const outcome = applied(flag, instructions, "production");
  if ("message" in outcome) throw new Error(String(outcome.message));
  return outcome;
}

const saved = after([{ kind: "turnFlagOn" }]);

function warned(instructions: Instructions, surroundings: Surroundings = {}, from = saved) {
  const drafted = after(instructions, from);
  return warningsOf({ saved: from, drafted, environment: "production" }, surroundings);
}

const clause = (attribute: string, values: readonly (string | number)[]) => ({
  contextKind: "user",
  attribute,
  op: "in",
  values: [...values],
});
const rule = (ruleId: string, ...clauses: ReturnType<typeof clause>[]) =>
  ({ kind: "addRule", ruleId, clauses, variationId: fresh }) as const;

describe("what is worth a look", () => {
  it("is nothing where nothing is odd", () => {
    expect(warned([rule("a", clause("country", ["DE"]))])).toEqual([]);
  });

  it("is a rule after one that takes everyone, and after one that asks no more than it does", () => {
    const all = [rule("a"), rule("b", clause("country", ["DE"]))];
    expect(warned(all)).toContainEqual({ kind: "unreachable", rule: 1, by: 0, isSame: false });
    const wider = [
      rule("a", clause("country", ["DE"])),
      rule("b", clause("plan", ["pro"]), clause("country", ["DE"])),
    ];
    expect(warned(wider)).toContainEqual({ kind: "unreachable", rule: 1, by: 0, isSame: true });
    expect(warned(wider.toReversed())).toEqual([]);
  });

  it("is an attribute that nobody has, with the nearest, and a value of another type", () => {
    const seen = [
      { contextKind: "user", name: "plan", types: ["string"] },
      { contextKind: "user", name: "age", types: ["number"] },
    ];
    expect(warned([rule("a", clause("plna", ["pro"]))], { seen })).toEqual([
      { kind: "attribute", attribute: "plna", nearest: "plan" },
    ]);
    expect(warned([rule("a", clause("age", ["17"]))], { seen })).toEqual([
      { kind: "type", attribute: "age", value: '"17"', type: "number" },
    ]);
    expect(warned([rule("a", clause("age", [17]))], { seen })).toEqual([]);
  });

  it("is a required flag that is off, a flag that is off, and one that nobody asks for", () => {
    const required = [{ kind: "addPrerequisite", key: "billing", variationId: "x" }] as const;
    expect(warned(required, { requiredOff: ["billing"], isAskedFor: false })).toEqual([
      { kind: "prerequisite", key: "billing" },
      { kind: "notAsked" },
    ]);
    expect(warned([rule("a", clause("country", ["DE"]))], {}, made)).toEqual([{ kind: "off" }]);
  });

  it("is a variation that nobody gets any more, and not one that nobody got before", () => {
    const all = { kind: "updateFallthroughVariationOrRollout", variationId: fresh } as const;
    expect(warned([all])).toEqual([{ kind: "unserved", variationId: old }]);
    expect(warned([{ kind: "turnFlagOff" }], {}, after([all], saved))).toEqual([]);
  });

  it("is a split that moves more people than it has to, or deals everyone anew", () => {
    const split = (a: number, b: number, by?: string) =>
      [
        {
          kind: "updateFallthroughVariationOrRollout",
          rolloutWeights: { [fresh]: a, [old]: b },
          ...(by === undefined ? {} : { rolloutBucketBy: by }),
        },
      ] as const;
    const begun = after(split(10_000, 90_000), saved);
    expect(warned(split(25_000, 75_000), {}, begun)).toEqual([]);
    expect(warned(split(25_000, 75_000, "account"), {}, begun)).toEqual([{ kind: "dealtAnew" }]);
    const turned = {
      kind: "updateFallthroughVariationOrRollout",
      rolloutWeights: { [old]: 75_000, [fresh]: 25_000 },
    } as const;
    expect(warned([turned], {}, begun)).toEqual([{ kind: "moves", moved: 35_000, needed: 15_000 }]);
  });
});

describe("the people that a split moves", () => {
  it("are none where it stays, and all where everything is swapped", () => {
    const weights = (a: number, b: number) => ({
      weights: [
        { variationId: "a", weight: a },
        { variationId: "b", weight: b },
      ],
    });
    expect(movedBetween(weights(40_000, 60_000), weights(40_000, 60_000))).toEqual({
      moved: 0,
      needed: 0,
    });
    expect(movedBetween(weights(100_000, 0), weights(0, 100_000))).toEqual({
      moved: 100_000,
      needed: 100_000,
    });
  });
});
