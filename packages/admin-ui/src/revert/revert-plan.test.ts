import {
  applyFlagInstructions,
  type FlagInstruction,
  type FlagState,
  isInstructionError,
  newFlagState,
} from "@halyard/instructions";
import { describe, expect, it } from "vitest";
import { planTo, revertPlan } from "./revert-plan.ts";

/** Ids that tell what they are of, so that the same change makes the same flag. */
function idsOf(what: string): () => string {
  let made = 0;
  return () => `${what}-${made++}`;
}

function born(): FlagState {
  const flag = newFlagState(
    { key: "checkout", name: "Checkout", variations: [{ value: "old" }, { value: "new" }] },
    idsOf("variation"),
  );
  if (flag === undefined) throw new Error("the flag has no variations");
  const [, last] = flag.variations;
  const configuration = {
    on: false,
    salt: "salt",
    prerequisites: [],
    targets: [],
    rules: [],
    fallthrough: { variationId: last?.id ?? "" },
    trackEvents: false,
    trackEventsFallthrough: false,
  };
  return { ...flag, environments: { production: configuration, staging: configuration } };
}

function after(flag: FlagState, ...instructions: readonly FlagInstruction[]): FlagState {
  const newId = idsOf(JSON.stringify(instructions));
  const context = { environmentKey: "production", newId };
  const changed = applyFlagInstructions(flag, instructions, context);
  if (isInstructionError(changed)) throw new Error(changed.message);
  return changed;
}

const variation = (flag: FlagState, at: number) => flag.variations[at]?.id ?? "";
const ruleFor = (flag: FlagState, country: string): FlagInstruction => ({
  kind: "addRule",
  clauses: [{ contextKind: "user", attribute: "country", op: "in", values: [country] }],
  variationId: variation(flag, 1),
});
const target = (flag: FlagState, key: string, at = 1): FlagInstruction => ({
  kind: "addTargets",
  contextKind: "user",
  variationId: variation(flag, at),
  values: [key],
});
const flag = born();
const changes: readonly (readonly [string, readonly FlagInstruction[]])[] = [
  ["on", [{ kind: "turnFlagOn" }]],
  ["a rule", [ruleFor(flag, "DE")]],
  ["a target", [target(flag, "ada")]],
  [
    "the default",
    [{ kind: "updateFallthroughVariationOrRollout", variationId: variation(flag, 0) }],
  ],
  ["tags", [{ kind: "addTags", values: ["beta"] }]],
  ["the name", [{ kind: "updateName", value: "Cart" }]],
  ["a maintainer", [{ kind: "updateMaintainerMember", value: "m1" }]],
  ["a variation", [{ kind: "addVariation", value: "newest" }]],
  ["staging", [{ kind: "turnFlagOn", environmentKey: "staging" }]],
];
const pairs = changes.flatMap(([one, a]) =>
  changes.filter(([other]) => other !== one).map(([other, b]) => [one, other, a, b] as const),
);

describe("taking a change back", () => {
  it.each(changes)("gives the flag before it: %s", (_, instructions) => {
    const changed = after(flag, ...instructions);

    const plan = revertPlan({ before: flag, after: changed, today: changed });

    expect(plan.outcome).toEqual(flag);
    expect(plan.contested).toEqual([]);
    expect(plan.words).not.toEqual([]);
  });

  it.each(pairs)("takes %s back and keeps %s, which came later", (_one, _other, a, b) => {
    const changed = after(flag, ...a);

    const plan = revertPlan({ before: flag, after: changed, today: after(changed, ...b) });

    expect(plan.contested).toEqual([]);
    expect(plan.outcome).toEqual(after(flag, ...b));
  });

  it("keeps a rule, a target and a tag that came later than the one taken back", () => {
    const first = after(flag, ruleFor(flag, "DE"), target(flag, "ada"), {
      kind: "addTags",
      values: ["a"],
    });
    const today = after(first, ruleFor(flag, "FR"), target(flag, "bob"), {
      kind: "addTags",
      values: ["b"],
    });

    const { outcome } = revertPlan({ before: flag, after: first, today });

    const production = outcome.environments["production"];
    expect(production?.rules.map(({ clauses }) => clauses[0]?.values)).toEqual([["FR"]]);
    expect(production?.targets.flatMap(({ values }) => values)).toEqual(["bob"]);
    expect(outcome.tags).toEqual(["b"]);
  });

  it("puts a removed rule back where it stood", () => {
    const before = after(flag, ruleFor(flag, "A"), ruleFor(flag, "B"), ruleFor(flag, "C"));
    const ruleId = before.environments["production"]?.rules[1]?.id ?? "";
    const changed = after(before, { kind: "removeRule", ruleId });
    const today = after(changed, ruleFor(flag, "D"));

    const { outcome } = revertPlan({ before, after: changed, today });

    const rules = outcome.environments["production"]?.rules ?? [];
    expect(rules.map(({ clauses }) => clauses[0]?.values[0])).toEqual(["A", "B", "C", "D"]);
  });

  it("leaves what somebody has changed since, and names it", () => {
    const serve = (at: number): FlagInstruction => ({
      kind: "updateFallthroughVariationOrRollout",
      variationId: variation(flag, at),
    });
    const changed = after(flag, serve(0), { kind: "turnFlagOn" });
    const today = after(changed, {
      kind: "updateFallthroughVariationOrRollout",
      rolloutWeights: { [variation(flag, 0)]: 50_000, [variation(flag, 1)]: 50_000 },
    });

    const plan = revertPlan({ before: flag, after: changed, today });

    expect(plan.contested).toEqual(["production/fallthrough"]);
    expect(plan.outcome.environments["production"]?.on).toBe(false);
    expect(plan.outcome.environments["production"]?.fallthrough).toEqual(
      today.environments["production"]?.fallthrough,
    );
  });

  it("says why a variation that is in use cannot go again", () => {
    const changed = after(flag, { kind: "addVariation", value: "newest" });
    const today = after(changed, target(changed, "ada", 2));

    const plan = revertPlan({ before: flag, after: changed, today });

    expect(plan.obstacle).toMatch(/removeVariation/u);
    expect(plan.outcome).toBe(today);
  });

  it("does nothing where it is as it was", () => {
    const changed = after(flag, { kind: "turnFlagOn" });

    expect(revertPlan({ before: flag, after: changed, today: flag }).instructions).toEqual([]);
    expect(planTo(flag, flag).instructions).toEqual([]);
  });
});
