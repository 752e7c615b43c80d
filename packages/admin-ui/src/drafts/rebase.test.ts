import {
  applyFlagInstructions,
  type FlagInstruction,
  type FlagState,
  isInstructionError,
  isSame,
  newFlagConfiguration,
  newFlagState,
} from "@halyard/instructions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Draft, rebase } from "./rebase.ts";
import { type Part, partsTouchedBy } from "./touched-parts.ts";

const environmentKey = "production";
let ids = 0;
const context = { environmentKey, newId: () => `id-${ids++}` };

function applied(flag: FlagState, ...instructions: readonly FlagInstruction[]): FlagState {
  const next = applyFlagInstructions(flag, instructions, context);
  if (isInstructionError(next)) throw new Error(next.message);
  return next;
}

function checkout(): FlagState {
  const variations = ["old", "new", "control"].map((value) => ({ _id: value, value }));
  const flag = newFlagState({ key: "checkout", name: "Checkout", variations }, context.newId);
  if (flag === undefined) throw new Error("the flag has no defaults");
  const made = { ...flag, environments: { production: newFlagConfiguration(flag, "salt") } };
  const clause = { _id: "c1", contextKind: "user", attribute: "plan", op: "in", values: ["pro"] };
  return applied(
    made,
    { kind: "addRule", ruleId: "r1", clauses: [clause], variationId: "new" },
    { kind: "addRule", ruleId: "r2", clauses: [], variationId: "old" },
  );
}

const base = checkout();
const draftOf = (...instructions: readonly FlagInstruction[]): Draft => ({
  base,
  environmentKey,
  instructions,
});
const serveOld: FlagInstruction = {
  kind: "updateRuleVariationOrRollout",
  ruleId: "r1",
  variationId: "old",
};

describe("a draft over a change by somebody else", () => {
  it.each<[string, FlagInstruction, FlagInstruction]>([
    ["another rule", serveOld, { kind: "removeRule", ruleId: "r2" }],
    [
      "another part of the rule",
      serveOld,
      { kind: "updateRuleDescription", ruleId: "r1", description: "Payers" },
    ],
    [
      "another value of the condition",
      { kind: "addValuesToClause", ruleId: "r1", clauseId: "c1", values: ["team"] },
      { kind: "addValuesToClause", ruleId: "r1", clauseId: "c1", values: ["trial"] },
    ],
    [
      "another target",
      { kind: "addTargets", variationId: "new", values: ["ada"] },
      { kind: "addTargets", variationId: "old", values: ["grace"] },
    ],
    ["another tag", { kind: "addTags", values: ["a"] }, { kind: "addTags", values: ["b"] }],
    ["the switch", serveOld, { kind: "turnFlagOn" }],
  ])("fits where that touched %s", (_name, mine, theirs) => {
    const { fits, instructions } = rebase(draftOf(mine), applied(base, theirs));

    expect({ fits, instructions }).toEqual({ fits: true, instructions: [mine] });
  });

  it.each<[string, FlagInstruction, FlagInstruction]>([
    ["serve of the rule", serveOld, { ...serveOld, variationId: "control" }],
    ["rule, and took it away", serveOld, { kind: "removeRule", ruleId: "r1" }],
    [
      "target",
      { kind: "addTargets", variationId: "new", values: ["ada"] },
      { kind: "addTargets", variationId: "old", values: ["ada"] },
    ],
    ["name", { kind: "updateName", value: "Mine" }, { kind: "updateName", value: "Theirs" }],
  ])("is undecided where that touched the same %s", (_name, mine, theirs) => {
    const { fits, instructions, outcomes } = rebase(draftOf(mine), applied(base, theirs));

    expect({ fits, instructions }).toEqual({ fits: false, instructions: [] });
    expect(outcomes).toMatchObject([
      { outcome: "undecided", instruction: mine, contested: [expect.anything()] },
    ]);
  });

  it("shows mine and theirs beside what was there before", () => {
    const mine: FlagInstruction = { kind: "updateName", value: "Mine" };

    const { outcomes } = rebase(draftOf(mine), { ...base, name: "Theirs" });

    expect(outcomes).toEqual([
      {
        outcome: "undecided",
        instruction: mine,
        words: 'Call the flag "Mine"',
        contested: [{ name: "name", before: "Checkout", mine: "Mine", theirs: "Theirs" }],
      },
    ]);
  });

  it("leaves to the others what they have done alike", () => {
    const { fits, instructions } = rebase(draftOf(serveOld), applied(base, serveOld));

    expect({ fits, instructions }).toEqual({ fits: true, instructions: [] });
  });

  it("follows a choice, but keeps nothing that cannot be done any more", () => {
    const renamed = { ...base, name: "Theirs" };
    const draft = draftOf({ kind: "updateName", value: "Mine" }, { kind: "turnFlagOn" });
    const without = applied(base, { kind: "removeRule", ruleId: "r1" });
    const mine = new Map([[0, "mine"] as const]);

    expect(rebase(draft, renamed, mine)).toMatchObject({
      fits: true,
      instructions: draft.instructions,
    });
    expect(rebase(draft, renamed, new Map([[0, "theirs"]]))).toMatchObject({
      fits: true,
      instructions: [{ kind: "turnFlagOn" }],
    });
    expect(rebase(draftOf(serveOld), without, mine)).toMatchObject({
      fits: false,
      outcomes: [{ outcome: "undecided", obstacle: expect.stringContaining('no rule "r1"') }],
    });
  });
});

const variationId = fc.constantFrom("old", "new", "control");
const ruleId = fc.constantFrom("r1", "r2");
const word = fc.constantFrom("a", "b");
const anyInstruction: fc.Arbitrary<FlagInstruction> = fc.oneof(
  fc.constantFrom<FlagInstruction>(
    { kind: "turnFlagOn" },
    { kind: "archiveFlag" },
    { kind: "removeMaintainer" },
    { kind: "reorderRules", ruleIds: ["r2", "r1"] },
    { kind: "addRule", ruleId: "r3", clauses: [], variationId: "new" },
  ),
  fc.record({ kind: fc.constant("updateName" as const), value: word }),
  fc.record({ kind: fc.constant("addTags" as const), values: fc.uniqueArray(word) }),
  fc.record({
    kind: fc.constantFrom("addTargets" as const, "removeTargets" as const),
    variationId,
    values: fc.uniqueArray(fc.constantFrom("ada", "grace")),
  }),
  fc.record({ kind: fc.constant("updateRuleVariationOrRollout" as const), ruleId, variationId }),
  fc.record({
    kind: fc.constant("updateRuleDescription" as const),
    ruleId,
    description: word,
  }),
  fc.record({ kind: fc.constant("removeRule" as const), ruleId }),
  fc.record({
    kind: fc.constant("addValuesToClause" as const),
    ruleId: fc.constant("r1"),
    clauseId: fc.constant("c1"),
    values: fc.uniqueArray(word),
  }),
  fc.record({ kind: fc.constant("updateFallthroughVariationOrRollout" as const), variationId }),
  fc.record({ kind: fc.constant("updateOffVariation" as const), variationId }),
);
/** Instructions that fit one after the other. */
const anyChange = fc.array(anyInstruction, { maxLength: 6 }).map((instructions) => {
  let flag = base;
  return instructions.filter((instruction) => {
    const next = applyFlagInstructions(flag, [instruction], context);
    if (isInstructionError(next)) return false;
    flag = next;
    return true;
  });
});

function isEqual(a: unknown, b: unknown): boolean {
  return isSame(a ?? null, b ?? null);
}

describe("rebasing", () => {
  it("leaves a draft as it is where nothing has changed", () => {
    fc.assert(
      fc.property(anyChange, (mine) => {
        expect(rebase(draftOf(...mine), base)).toMatchObject({ fits: true, instructions: mine });
      }),
    );
  });

  it("gives what can be applied to their state, whatever is undecided", () => {
    fc.assert(
      fc.property(anyChange, anyChange, (mine, others) => {
        const theirs = applied(base, ...others);

        const { instructions } = rebase(draftOf(...mine), theirs);

        expect(isInstructionError(applyFlagInstructions(theirs, instructions, context))).toBe(
          false,
        );
      }),
    );
  });

  it("loses no change of anybody where it fits: each part is as who touched it left it", () => {
    fc.assert(
      fc.property(anyChange, anyChange, (mine, others) => {
        const theirs = applied(base, ...others);
        const { fits, instructions } = rebase(draftOf(...mine), theirs);
        fc.pre(fits);

        const result = applied(theirs, ...instructions);

        const intended = applied(base, ...mine);
        const [touchedByMe, touchedByThem] = [touched(mine), touched(others)];
        const lost = [
          ...touchedByMe.filter(({ read }) => !isEqual(read(result), read(intended))),
          ...touchedByThem
            .filter((part) => !touchedByMe.some((own) => overlaps(own, part)))
            .filter(({ read }) => !isEqual(read(result), read(theirs))),
        ];
        expect(lost.map(({ name }) => name)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** The order is over the rules there are, and so is touched by whoever adds one or takes one away. */
function touched(instructions: readonly FlagInstruction[]): readonly Part[] {
  return instructions
    .flatMap((one) => partsTouchedBy(one, environmentKey))
    .filter(({ name }) => name !== "production/rules/order");
}

function overlaps(a: Part, b: Part): boolean {
  return a.name.startsWith(b.name) || b.name.startsWith(a.name);
}
