import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFlagInstructions } from "./apply-flag.ts";
import { describeFlagInstructions } from "./describe-flag.ts";
import { differenceOfFlags, invertFlagInstructions } from "./flag-difference.ts";
import { FlagInstruction, type InstructionOf } from "./flag-instruction.ts";
import { newFlagConfiguration, newFlagState } from "./new-flag.ts";
import { isInstructionError } from "./outcome.ts";
import type { FlagState } from "./state.ts";

const production = "production";
let ids = 0;
const context = { environmentKey: production, newId: () => `id-${ids++}` };

function checkout(): FlagState {
  const variations = ["old", "new", "control"].map((value) => ({ _id: value, value }));
  const flag = newFlagState({ key: "checkout", name: "Checkout", variations }, context.newId);
  if (flag === undefined) throw new Error("the flag has no defaults");
  return { ...flag, environments: { [production]: newFlagConfiguration(flag, "salt") } };
}

const variationId = fc.constantFrom("old", "new", "control");
const keys = fc.uniqueArray(fc.constantFrom("ada", "grace", "linus"), { maxLength: 3 });
const word = fc.constantFrom("a", "b", "c", "__proto__x");
const values = fc.uniqueArray(word, { maxLength: 3 });
const serving = fc.oneof(
  fc.record({ variationId }),
  fc.integer({ min: 0, max: 100_000 }).map((weight) => ({
    rolloutWeights: { old: weight, new: 100_000 - weight },
    rolloutContextKind: "user",
  })),
);
const clauseValues = fc.array(fc.constantFrom("DE", "FR", 1), { maxLength: 3 });
const clause = fc.record({
  contextKind: fc.constantFrom("user", "org"),
  attribute: fc.constantFrom("country", "/address/city"),
  op: fc.constantFrom("in", "startsWith", "semVerEqual", "segmentMatch"),
  negate: fc.boolean(),
  values: clauseValues,
});
const ruleId = fc.constantFrom("r1", "r2", "r3");
const clauseId = ruleId.map((id) => `first-of-${id}`);
const rule = fc
  .tuple(ruleId, serving, fc.array(clause, { maxLength: 2 }))
  .map(([id, serve, clauses]) => ({
    ruleId: id,
    clauses: clauses.map((one, at) => (at === 0 ? { ...one, _id: `first-of-${id}` } : one)),
    ...serve,
  }));
const contextKind = fc.constantFrom("user", "org");
const targets = fc.array(fc.record({ variationId, values: keys, contextKind }), { maxLength: 2 });
const ending = { variationId, contextKey: fc.constantFrom("ada", "grace") };
const unixMs = fc.constantFrom(1_800_000_000_000, 1_900_000_000_000);
const prerequisite = { key: fc.constantFrom("billing", "search"), variationId: word };
const prerequisites = fc.uniqueArray(fc.record(prerequisite), {
  maxLength: 2,
  selector: ({ key }) => key,
});
const readers = fc.constantFrom("usingMobileKey" as const, "usingEnvironmentId" as const);
const property = { key: fc.constantFrom("team", "constructor"), name: word, values };

/** What each kind brings beside its name: the type asks for all there are. */
const membersOf: {
  readonly [K in FlagInstruction["kind"]]: fc.Arbitrary<Omit<InstructionOf<K>, "kind">>;
} = {
  turnFlagOn: fc.constant({}),
  turnFlagOff: fc.constant({}),
  addRule: rule,
  removeRule: fc.record({ ruleId }),
  replaceRules: fc.record({
    rules: fc.uniqueArray(rule, { maxLength: 2, selector: (one) => one.ruleId }),
  }),
  reorderRules: fc.record({ ruleIds: fc.shuffledSubarray(["r1", "r2", "r3"]) }),
  updateRuleVariationOrRollout: fc
    .tuple(ruleId, serving)
    .map(([id, serve]) => ({ ruleId: id, ...serve })),
  updateRuleDescription: fc.record({ ruleId, description: word }),
  updateRuleTrackEvents: fc.record({ ruleId, trackEvents: fc.boolean() }),
  addClauses: fc.record({ ruleId, clauses: fc.array(clause, { maxLength: 2 }) }),
  removeClauses: fc.record({ ruleId, clauseIds: clauseId.map((id) => [id]) }),
  updateClause: fc.record({ ruleId, clauseId, clause }),
  addValuesToClause: fc.record({ ruleId, clauseId, values: clauseValues }),
  removeValuesFromClause: fc.record({ ruleId, clauseId, values: clauseValues }),
  addTargets: fc.record({ variationId, values: keys }),
  removeTargets: fc.record({ variationId, values: keys }),
  addUserTargets: fc.record({ variationId, values: keys }),
  removeUserTargets: fc.record({ variationId, values: keys }),
  replaceTargets: fc.record({ targets }),
  replaceUserTargets: fc.record({ targets }),
  clearTargets: fc.record({ variationId }),
  clearUserTargets: fc.record({ variationId }),
  addExpiringTarget: fc.record({ ...ending, value: unixMs }),
  updateExpiringTarget: fc.record({ ...ending, value: unixMs }),
  removeExpiringTarget: fc.record(ending),
  addPrerequisite: fc.record(prerequisite),
  updatePrerequisite: fc.record(prerequisite),
  removePrerequisite: fc.record({ key: prerequisite.key }),
  replacePrerequisites: fc.record({ prerequisites }),
  updateFallthroughVariationOrRollout: serving,
  updateOffVariation: fc.oneof(fc.record({ variationId }), fc.constant({})),
  updateTrackEvents: fc.record({ trackEvents: fc.boolean() }),
  updateTrackEventsFallthrough: fc.record({ trackEvents: fc.boolean() }),
  updateSalt: fc.record({ value: word }),
  updateFlagConfigMigrationSettings: fc.record({ checkRatio: fc.integer({ min: 1, max: 9 }) }),
  addVariation: fc.constant({ _id: "fourth", value: "fourth" }),
  removeVariation: fc.record({ variationId: fc.constantFrom("control", "fourth") }),
  updateVariation: fc.constant({ variationId: "control", value: "controlled", name: "Control" }),
  updateDefaultVariation: fc.constant({ onVariationValue: "new" }),
  updateName: fc.record({ value: word }),
  updateDescription: fc.record({ value: word }),
  addTags: fc.record({ values }),
  removeTags: fc.record({ values }),
  makeFlagTemporary: fc.constant({}),
  makeFlagPermanent: fc.constant({}),
  turnOnClientSideAvailability: fc.record({ value: readers }),
  turnOffClientSideAvailability: fc.record({ value: readers }),
  updateMaintainerMember: fc.record({ value: word }),
  updateMaintainerTeam: fc.record({ value: word }),
  removeMaintainer: fc.constant({}),
  addCustomProperties: fc.record(property),
  removeCustomProperties: fc.record({ key: property.key, values }),
  replaceCustomProperties: fc.record(property),
  archiveFlag: fc.constant({}),
  restoreFlag: fc.constant({}),
  deprecateFlag: fc.constant({}),
  restoreDeprecatedFlag: fc.constant({}),
};
const anyInstruction = fc.oneof(
  ...Object.entries(membersOf).map(([kind, members]) =>
    // The table ties the members to their kind.
    members.map((rest) => ({ kind, ...rest }) as FlagInstruction),
  ),
);

/** A flag that some instructions have led to: those that do not fit are left out. */
function flagAfter(instructions: readonly FlagInstruction[]): FlagState {
  const flag = checkout();
  return applyFlagInstructions(flag, thatFit(instructions, flag), context) as FlagState;
}

function thatFit(instructions: readonly FlagInstruction[], before: FlagState): FlagInstruction[] {
  let flag = before;
  return instructions.filter((instruction) => {
    const next = applyFlagInstructions(flag, [instruction], context);
    if (isInstructionError(next)) return false;
    flag = next;
    return true;
  });
}

const anyInstructions = fc.array(anyInstruction, { maxLength: 20 });

describe("flag instructions", () => {
  it("that lead from one state to another are found as their difference", () => {
    fc.assert(
      fc.property(anyInstructions, anyInstructions, (first, second) => {
        const [a, b] = [flagAfter(first), flagAfter(second)];

        expect(applyFlagInstructions(a, differenceOfFlags(a, b, production), context)).toEqual(b);
      }),
    );
  });

  it("can be taken back", () => {
    fc.assert(
      fc.property(anyInstructions, anyInstructions, (earlier, instructions) => {
        const before = flagAfter(earlier);
        const fitting = thatFit(instructions, before);
        const after = applyFlagInstructions(before, fitting, context);

        const inverse = invertFlagInstructions(fitting, before, context);

        expect(applyFlagInstructions(after as FlagState, inverse, context)).toEqual(before);
      }),
    );
  });

  it("are each described in a sentence, and stay what they are as JSON", () => {
    fc.assert(
      fc.property(anyInstructions, (instructions) => {
        const sentences = describeFlagInstructions(instructions, checkout(), production);

        expect(sentences).toHaveLength(instructions.length);
        expect(sentences.every((sentence) => sentence.length > 4)).toBe(true);
        expect(FlagInstruction.array().parse(JSON.parse(JSON.stringify(instructions)))).toEqual(
          instructions,
        );
      }),
    );
  });

  it.each<[string, FlagInstruction, string]>([
    [
      "an unknown variation",
      { kind: "updateOffVariation", variationId: "x" },
      'there is no variation "x"',
    ],
    [
      "weights that are not everyone",
      { kind: "updateFallthroughVariationOrRollout", rolloutWeights: { old: 5 } },
      "sum to 5",
    ],
    [
      "a pattern that cannot be used",
      {
        kind: "addRule",
        clauses: [{ attribute: "email", op: "matches", values: ["(?=x)"] }],
        variationId: "old",
      },
      "cannot be used",
    ],
    [
      "an operator that does not exist",
      {
        kind: "addRule",
        clauses: [{ attribute: "email", op: "like", values: [] }],
        variationId: "old",
      },
      'no operator "like"',
    ],
    [
      "a value that is there already",
      { kind: "addVariation", value: "new" },
      "choose another value",
    ],
    ["a value of another type", { kind: "addVariation", value: 7 }, "of type string"],
    [
      "a variation id that is taken",
      { kind: "addVariation", _id: "old", value: "x" },
      "leave _id out",
    ],
    [
      "the end of a target that is none",
      { kind: "addExpiringTarget", contextKey: "ada", variationId: "new", value: 1 },
      "use addTargets first",
    ],
    ["a variation in use", { kind: "removeVariation", variationId: "old" }, "uses the variation"],
    [
      "a rule that is not there",
      { kind: "addClauses", ruleId: "r", clauses: [] },
      'there is no rule "r"',
    ],
  ])("refuse %s, naming the instruction", (_, instruction, why) => {
    const refused = applyFlagInstructions(
      checkout(),
      [{ kind: "turnFlagOn" }, instruction],
      context,
    );

    expect(refused).toMatchObject({ index: 1, kind: instruction.kind });
    expect(isInstructionError(refused) && refused.message).toContain(why);
    expect(isInstructionError(refused) && refused.message).toContain(
      `instruction 1 (${instruction.kind}) on flag "checkout": `,
    );
  });

  it("refuse a cycle of prerequisites", () => {
    const other: FlagState = { ...checkout(), key: "other" };
    const requires = {
      ...other.environments[production],
      prerequisites: [{ key: "checkout", variationId: "new" }],
    };
    const looped = { ...other, environments: { [production]: requires } } as FlagState;
    const instruction: FlagInstruction = {
      kind: "addPrerequisite",
      key: "other",
      variationId: "old",
    };

    const refused = applyFlagInstructions(checkout(), [instruction], {
      ...context,
      findFlag: (key) => (key === "other" ? looped : undefined),
    });

    expect(isInstructionError(refused) && refused.message).toContain("cycle");
  });

  it("let a target's end go with the target", () => {
    const named = { contextKey: "ada", variationId: "new" };
    const ending = applyFlagInstructions(
      checkout(),
      [
        { kind: "addTargets", variationId: "new", values: ["ada"] },
        { kind: "addExpiringTarget", ...named, value: 1_800_000_000_000 },
      ],
      context,
    );

    const gone = applyFlagInstructions(
      ending as FlagState,
      [{ kind: "removeTargets", variationId: "new", values: ["ada"] }],
      context,
    );

    expect(ending).toMatchObject({
      environments: {
        [production]: {
          expiringTargets: [{ ...named, contextKind: "user", expiresAt: 1_800_000_000_000 }],
        },
      },
    });
    expect(gone).toEqual(checkout());
  });

  it("take `constructor` for a custom property like any other", () => {
    const key = "constructor";
    const added = applyFlagInstructions(
      checkout(),
      [
        { kind: "removeCustomProperties", key, values: ["a"] },
        { kind: "addCustomProperties", key, name: "Builder", values: ["a"] },
      ],
      context,
    );

    expect(added).toMatchObject({
      customProperties: { [key]: { name: "Builder", values: ["a"] } },
    });
  });

  it("take a property without values for none", () => {
    const added: FlagInstruction = {
      kind: "addCustomProperties",
      key: "team",
      name: "Team",
      values: [],
    };

    expect(applyFlagInstructions(checkout(), [added], context)).toEqual(checkout());
  });

  it("give back the very same flag where nothing changes", () => {
    const flag = checkout();

    expect(applyFlagInstructions(flag, [{ kind: "turnFlagOff" }], context)).toBe(flag);
  });
});
