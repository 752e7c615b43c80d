import {
  applyFlagInstructions,
  type FlagConfiguration,
  type FlagState,
  isInstructionError,
  newFlagConfiguration,
  newFlagState,
} from "@halyard/instructions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  conditionEdits,
  duplicateOf,
  moveOf,
  newCondition,
  newRule,
  servingOf,
  targetEdits,
} from "./edits.ts";

const made = newFlagState(
  {
    key: "checkout",
    name: "Checkout",
    variations: ["old", "new"].map((value) => ({ _id: value, value, name: value })),
    clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false },
    defaults: { onVariation: 0, offVariation: 0 },
  },
  () => "id",
);
if (made === undefined) throw new Error("the flag has variations");
const flag: FlagState = {
  ...made,
  environments: { production: newFlagConfiguration(made, "salt") },
};

let ids = 0;
const newId = () => `id-${ids++}`;

function after(from: FlagState, ...instructions: Parameters<typeof applyFlagInstructions>[1]) {
  const state = applyFlagInstructions(from, instructions, { environmentKey: "production", newId });
  if (isInstructionError(state)) throw new Error(state.message);
  return state;
}

function configuration(state: FlagState): FlagConfiguration {
  const found = state.environments["production"];
  if (found === undefined) throw new Error("there is production");
  return found;
}

const withRules = after(
  flag,
  newRule(flag, { ruleId: "first", clauseId: "c1" }),
  newRule(flag, { ruleId: "second", clauseId: "c2" }),
  newRule(flag, { ruleId: "third", clauseId: "c3" }),
);
const order = (state: FlagState) => configuration(state).rules.map(({ id }) => id);

describe("rules", () => {
  it("begin with a condition that is yet to be filled in", () => {
    const [rule] = configuration(withRules).rules;

    expect(rule).toMatchObject({ id: "first", clauses: [{ id: "c1", values: [] }] });
  });

  it("are moved to a place, and not at all where they are there", () => {
    const { rules } = configuration(withRules);
    const move = moveOf(rules, "third", 0);

    expect(move && order(after(withRules, move))).toEqual(["third", "first", "second"]);
    expect(moveOf(rules, "third", 9)).toBeUndefined();
  });

  it("are duplicated right behind themselves, with ids of their own", () => {
    const { rules } = configuration(withRules);
    const [first] = rules;
    if (first === undefined) throw new Error("there are three");
    const named = { ...first, description: "Beta" };
    const copy = duplicateOf([named, ...rules.slice(1)], named, {
      newId: () => "copied",
      titleOf: (title) => `Copy of ${title}`,
    });

    const changed = after(withRules, copy);

    expect(order(changed)).toEqual(["first", "copied", "second", "third"]);
    expect(configuration(changed).rules[1]).toMatchObject({ description: "Copy of Beta" });
  });

  it("serve what they are told, whatever it is", () => {
    const serve = {
      rollout: {
        contextKind: "organization",
        bucketBy: "region",
        seed: 7,
        weights: [
          { variationId: "old", weight: 25_000 },
          { variationId: "new", weight: 75_000 },
        ],
      },
    };
    const update = { kind: "updateFallthroughVariationOrRollout", ...servingOf(serve) } as const;

    expect(configuration(after(flag, update)).fallthrough).toEqual(serve);
  });
});

describe("conditions", () => {
  const many = Array.from({ length: 60 }, (_, at) => `key-${at}`);
  const wanted = { attribute: "key", op: "in", negate: false, values: many };

  it("are added to a rule", () => {
    const changed = after(withRules, newCondition("first", "c9"));

    expect(configuration(changed).rules[0]?.clauses.map(({ id }) => id)).toEqual(["c1", "c9"]);
  });

  it("with many values say what is added and removed, and not all of them again", () => {
    const clause = { id: "c1", contextKind: "user", ...wanted };
    const edits = conditionEdits("first", clause, {
      ...wanted,
      values: [...many.slice(1), "ada"],
    });

    expect(edits).toEqual([
      { kind: "removeValuesFromClause", ruleId: "first", clauseId: "c1", values: ["key-0"] },
      { kind: "addValuesToClause", ruleId: "first", clauseId: "c1", values: ["ada"] },
    ]);
  });
});

describe("targets", () => {
  const keys = fc.uniqueArray(fc.constantFrom("ada", "grace", "alan", "edsger", "barbara"));

  it("are those that are wanted, and no key has two variations", () => {
    fc.assert(
      fc.property(keys, keys, (old, wanted) => {
        const oldOnes = { variationId: "old", contextKind: "user" };
        const newOnes = { variationId: "new", contextKind: "user" };
        const before = after(flag, ...targetEdits(configuration(flag), oldOnes, old));

        const changed = after(before, ...targetEdits(configuration(before), newOnes, wanted));

        const { targets } = configuration(changed);
        const of = (id: string) =>
          targets.find(({ variationId }) => variationId === id)?.values.toSorted() ?? [];
        expect(of("new")).toEqual(wanted.toSorted());
        expect(of("old")).toEqual(old.filter((key) => !wanted.includes(key)).toSorted());
      }),
    );
  });
});
