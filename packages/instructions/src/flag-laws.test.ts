import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFlagInstructions } from "./apply-flag.ts";
import { describeFlagInstructions } from "./describe-flag.ts";
import { differenceOfFlags, invertFlagInstructions } from "./flag-difference.ts";
import { FlagInstruction } from "./flag-instruction.ts";
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
const serving = fc.oneof(
  fc.record({ variationId }),
  fc.integer({ min: 0, max: 100_000 }).map((weight) => ({
    rolloutWeights: { old: weight, new: 100_000 - weight },
    rolloutContextKind: "user",
  })),
);
const clause = fc.record({
  contextKind: fc.constantFrom("user", "org"),
  attribute: fc.constantFrom("country", "/address/city"),
  op: fc.constantFrom("in", "startsWith", "semVerEqual", "segmentMatch"),
  negate: fc.boolean(),
  values: fc.array(fc.constantFrom("DE", "FR", 1), { maxLength: 3 }),
});
const ruleId = fc.constantFrom("r1", "r2", "r3");

const anyInstruction: fc.Arbitrary<FlagInstruction> = fc.oneof(
  fc.constantFrom<FlagInstruction>(
    { kind: "turnFlagOn" },
    { kind: "turnFlagOff" },
    { kind: "archiveFlag" },
    { kind: "deprecateFlag" },
    { kind: "makeFlagPermanent" },
    { kind: "removeMaintainer" },
    { kind: "updateOffVariation" },
    { kind: "turnOnClientSideAvailability", value: "usingMobileKey" },
    { kind: "addCustomProperties", key: "team", name: "Team", values: ["a"] },
    { kind: "removeCustomProperties", key: "team", values: ["a"] },
    { kind: "addVariation", _id: "fourth", value: "fourth" },
    { kind: "updateVariation", variationId: "control", value: "controlled", name: "Control" },
    { kind: "updateDefaultVariation", onVariationValue: "new" },
  ),
  fc.record({
    kind: fc.constantFrom("addTags" as const, "removeTags" as const),
    values: fc.uniqueArray(word),
  }),
  fc.record({ kind: fc.constant("updateName" as const), value: word }),
  fc.record({
    kind: fc.constantFrom("addTargets" as const, "removeTargets" as const),
    variationId,
    values: keys,
  }),
  fc.record({ kind: fc.constant("clearTargets" as const), variationId }),
  fc.record({
    kind: fc.constantFrom("addExpiringTarget" as const, "updateExpiringTarget" as const),
    variationId,
    contextKey: fc.constantFrom("ada", "grace"),
    value: fc.constantFrom(1_800_000_000_000, 1_900_000_000_000),
  }),
  fc.record({
    kind: fc.constant("removeExpiringTarget" as const),
    variationId,
    contextKey: fc.constantFrom("ada", "grace"),
  }),
  fc.tuple(ruleId, serving, fc.array(clause, { maxLength: 2 })).map(([id, serve, clauses]) => ({
    kind: "addRule" as const,
    ruleId: id,
    clauses,
    ...serve,
  })),
  fc.record({ kind: fc.constant("removeRule" as const), ruleId }),
  serving.map((serve) => ({ kind: "updateFallthroughVariationOrRollout" as const, ...serve })),
);

/** A flag that some instructions have led to: those that do not fit are left out. */
function flagAfter(instructions: readonly FlagInstruction[]): FlagState {
  let flag = checkout();
  for (const instruction of instructions) {
    const next = applyFlagInstructions(flag, [instruction], context);
    if (!isInstructionError(next)) flag = next;
  }
  return flag;
}

const anyInstructions = fc.array(anyInstruction, { maxLength: 12 });

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
        const after = applyFlagInstructions(before, instructions, context);
        fc.pre(!isInstructionError(after));

        const inverse = invertFlagInstructions(instructions, before, context);

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

  it("give back the very same flag where nothing changes", () => {
    const flag = checkout();

    expect(applyFlagInstructions(flag, [{ kind: "turnFlagOff" }], context)).toBe(flag);
  });
});
