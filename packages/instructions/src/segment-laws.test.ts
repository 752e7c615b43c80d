import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applySegmentInstructions, newSegmentState } from "./apply-segment.ts";
import { describeSegmentInstruction } from "./describe-segment.ts";
import { isInstructionError } from "./outcome.ts";
import { differenceOfSegments, invertSegmentInstructions } from "./segment-difference.ts";
import type { SegmentInstruction } from "./segment-instruction.ts";
import type { SegmentState } from "./state.ts";

let ids = 0;
const context = { newId: () => `id-${ids++}` };
const empty = newSegmentState({ key: "beta", name: "Beta" }, "salt");

const values = fc.uniqueArray(fc.constantFrom("ada", "grace", "linus"), { minLength: 1 });
const contextKind = fc.constantFrom("user", "org", "device");
const ruleId = fc.constantFrom("r1", "r2");
const clauseId = ruleId.map((id) => `first-of-${id}`);
const clause = fc.record({
  contextKind,
  attribute: fc.constant("plan"),
  op: fc.constantFrom("in", "contains"),
  values,
});
const clauses = fc.array(clause, { maxLength: 2 });
const weight = fc.integer({ min: 0, max: 100_000 });
const listed = fc.record({ contextKind, values });
const ending = {
  contextKind,
  contextKey: fc.constantFrom("ada", "grace"),
  targetType: fc.constantFrom("included" as const, "excluded" as const),
};
const value = fc.integer({ min: 1, max: 3 });
const word = fc.constantFrom("A", "B");

/** What each kind brings beside its name: the type asks for all there are. */
const membersOf: {
  readonly [K in SegmentInstruction["kind"]]: fc.Arbitrary<
    Omit<Extract<SegmentInstruction, { kind: K }>, "kind">
  >;
} = {
  updateName: fc.record({ value: word }),
  updateDescription: fc.record({ value: word }),
  addTags: fc.record({ values }),
  removeTags: fc.record({ values }),
  addIncludedTargets: listed,
  removeIncludedTargets: listed,
  addExcludedTargets: listed,
  removeExcludedTargets: listed,
  addIncludedUsers: fc.record({ values }),
  removeIncludedUsers: fc.record({ values }),
  addExcludedUsers: fc.record({ values }),
  removeExcludedUsers: fc.record({ values }),
  addRule: fc.tuple(ruleId, clauses, weight).map(([id, all, share]) => ({
    ruleId: id,
    clauses: all.map((one, at) => (at === 0 ? { ...one, _id: `first-of-${id}` } : one)),
    weight: share,
  })),
  removeRule: fc.record({ ruleId }),
  reorderRules: fc.record({ ruleIds: fc.shuffledSubarray(["r1", "r2"]) }),
  addClauses: fc.record({ ruleId, clauses }),
  removeClauses: fc.record({ ruleId, clauseIds: clauseId.map((id) => [id]) }),
  updateClause: fc.record({ ruleId, clauseId, clause }),
  addValuesToClause: fc.record({ ruleId, clauseId, values }),
  removeValuesFromClause: fc.record({ ruleId, clauseId, values }),
  updateRuleDescription: fc.record({ ruleId, description: word }),
  updateRuleRolloutAndContextKind: fc.record({ ruleId, weight, contextKind }),
  addBigSegmentIncludedTargets: fc.record({ values }),
  removeBigSegmentIncludedTargets: fc.record({ values }),
  addBigSegmentExcludedTargets: fc.record({ values }),
  removeBigSegmentExcludedTargets: fc.record({ values }),
  processBigSegmentImport: fc.constant({ importId: "import-1" }),
  addExpiringTarget: fc.record({ ...ending, value }),
  updateExpiringTarget: fc.record({ ...ending, value }),
  removeExpiringTarget: fc.record(ending),
};
const anyInstruction = fc.oneof(
  ...Object.entries(membersOf).map(([kind, members]) =>
    // The table ties the members to their kind.
    members.map((rest) => ({ kind, ...rest }) as SegmentInstruction),
  ),
);
const anyInstructions = fc.array(anyInstruction, { maxLength: 20 });

/** A segment that some instructions have led to: those that do not fit are left out. */
function segmentAfter(instructions: readonly SegmentInstruction[]): SegmentState {
  return applySegmentInstructions(empty, thatFit(instructions, empty), context) as SegmentState;
}

function thatFit(
  instructions: readonly SegmentInstruction[],
  before: SegmentState,
): SegmentInstruction[] {
  let segment = before;
  return instructions.filter((instruction) => {
    const next = applySegmentInstructions(segment, [instruction], context);
    if (isInstructionError(next)) return false;
    segment = next;
    return true;
  });
}

describe("segment instructions", () => {
  it("that lead from one state to another are found as their difference", () => {
    fc.assert(
      fc.property(anyInstructions, anyInstructions, (first, second) => {
        const [a, b] = [segmentAfter(first), segmentAfter(second)];

        expect(applySegmentInstructions(a, differenceOfSegments(a, b), context)).toEqual(b);
      }),
    );
  });

  it("can be taken back", () => {
    fc.assert(
      fc.property(anyInstructions, anyInstructions, (earlier, instructions) => {
        const before = segmentAfter(earlier);
        const fitting = thatFit(instructions, before);
        const after = applySegmentInstructions(before, fitting, context);

        const inverse = invertSegmentInstructions(fitting, before, context);

        expect(applySegmentInstructions(after as SegmentState, inverse, context)).toEqual(before);
      }),
    );
  });

  it("are each described in a sentence", () => {
    fc.assert(
      fc.property(anyInstruction, (instruction) => {
        expect(describeSegmentInstruction(instruction).length).toBeGreaterThan(4);
      }),
    );
  });
});
