import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeSegmentInstruction } from "./describe-segment.ts";
import { isInstructionError } from "./outcome.ts";
import { differenceOfSegments, invertSegmentInstructions } from "./segment-difference.ts";
import {
  applySegmentInstructions,
  newSegmentState,
  type SegmentInstruction,
} from "./segment-instruction.ts";
import type { SegmentState } from "./state.ts";

let ids = 0;
const context = { newId: () => `id-${ids++}` };
const empty = newSegmentState({ key: "beta", name: "Beta" }, "salt");

const values = fc.uniqueArray(fc.constantFrom("ada", "grace", "linus"), { minLength: 1 });
const contextKind = fc.constantFrom("user", "org", "device");
const ruleId = fc.constantFrom("r1", "r2");
const clauses = fc.array(
  fc.record({
    contextKind,
    attribute: fc.constant("plan"),
    op: fc.constantFrom("in", "contains"),
    values,
  }),
  { maxLength: 2 },
);
const anyInstruction: fc.Arbitrary<SegmentInstruction> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      "addTags" as const,
      "removeTags" as const,
      "addIncludedUsers" as const,
      "removeExcludedUsers" as const,
    ),
    values,
  }),
  fc.record({
    kind: fc.constantFrom("addIncludedTargets" as const, "removeIncludedTargets" as const),
    contextKind,
    values,
  }),
  fc.record({
    kind: fc.constantFrom("addExcludedTargets" as const, "removeExcludedTargets" as const),
    contextKind,
    values,
  }),
  fc.record({
    kind: fc.constantFrom("addExpiringTarget" as const, "updateExpiringTarget" as const),
    contextKind,
    contextKey: fc.constantFrom("ada", "grace"),
    targetType: fc.constantFrom("included" as const, "excluded" as const),
    value: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant("updateName" as const), value: fc.constantFrom("A", "B") }),
  fc.record({
    kind: fc.constant("addRule" as const),
    ruleId,
    clauses,
    weight: fc.integer({ min: 0, max: 100_000 }),
  }),
  fc.record({ kind: fc.constant("removeRule" as const), ruleId }),
  fc.record({
    kind: fc.constant("updateRuleDescription" as const),
    ruleId,
    description: fc.constantFrom("x", "y"),
  }),
);
const anyInstructions = fc.array(anyInstruction, { maxLength: 10 });

/** A segment that some instructions have led to: those that do not fit are left out. */
function segmentAfter(instructions: readonly SegmentInstruction[]): SegmentState {
  let segment = empty;
  for (const instruction of instructions) {
    const next = applySegmentInstructions(segment, [instruction], context);
    if (!isInstructionError(next)) segment = next;
  }
  return segment;
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
        const after = applySegmentInstructions(before, instructions, context);
        fc.pre(!isInstructionError(after));

        const inverse = invertSegmentInstructions(instructions, before, context);

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
