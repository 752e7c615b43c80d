import {
  applySegmentInstructions,
  isInstructionError,
  newSegmentState,
  type SegmentInstruction,
  type SegmentState,
} from "@halyard/instructions";
import fc from "fast-check";
import { createPatch } from "rfc6902";
import { describe, expect, it } from "vitest";
import { parseSegmentInstructions, parseSegmentPatch } from "./segment-patch.ts";
import { SegmentRepresentation, segmentRepresentation } from "./segment-representation.ts";

let ids = 0;
const context = { newId: () => `id-${ids++}` };
const empty = newSegmentState({ key: "beta", name: "Beta" }, "salt");

const values = fc.uniqueArray(fc.constantFrom("ada", "grace", "linus"), { minLength: 1 });
const contextKind = fc.constantFrom("user", "org");
const ruleId = fc.constantFrom("r1", "r2");
const clause = fc.record({
  contextKind,
  attribute: fc.constantFrom("plan", "/address/city"),
  op: fc.constantFrom("in", "contains"),
  negate: fc.boolean(),
  values: fc.array(fc.constantFrom("DE", 1, null), { maxLength: 2 }),
});
const instruction = fc.oneof(
  fc.record({ kind: fc.constantFrom("addTags", "removeTags"), values }),
  fc.record({ kind: fc.constantFrom("addIncludedUsers", "removeIncludedUsers"), values }),
  fc.record({
    kind: fc.constantFrom(
      "addIncludedTargets",
      "removeIncludedTargets",
      "addExcludedTargets",
      "removeExcludedTargets",
    ),
    contextKind,
    values,
  }),
  fc.record({
    kind: fc.constantFrom("updateName", "updateDescription"),
    value: fc.constantFrom("A", "B"),
  }),
  fc.record({
    kind: fc.constant("addRule"),
    ruleId,
    clauses: fc.array(clause, { maxLength: 2 }),
    weight: fc.integer({ min: 0, max: 100_000 }),
  }),
  fc.record({ kind: fc.constant("removeRule"), ruleId }),
  fc.record({
    kind: fc.constant("updateRuleDescription"),
    ruleId,
    description: fc.constantFrom("", "why"),
  }),
);
const instructions = fc
  .array(instruction, { maxLength: 8 })
  .map((list) => parseSegmentInstructions(list));

/** A segment that instructions lead to; those that do not fit are left out. */
function segmentAfter(all: readonly SegmentInstruction[]): SegmentState {
  let segment = empty;
  for (const one of all) {
    const after = applySegmentInstructions(segment, [one], context);
    if (!isInstructionError(after)) segment = after;
  }
  return segment;
}

function shown(state: SegmentState): SegmentRepresentation {
  const stored = { state, version: 1, createdAt: 0, updatedAt: 0 };
  return SegmentRepresentation.parse(segmentRepresentation(stored, "/segments"));
}

function afterPatch(before: SegmentState, body: unknown): SegmentState {
  const patch = parseSegmentPatch(body)(before, shown(before));
  const after = applySegmentInstructions(before, patch.instructions, context);
  if (isInstructionError(after)) throw new Error(after.message);
  return after;
}

describe("a JSON Patch of a segment", () => {
  it("leads to the segment that instructions lead to", () => {
    fc.assert(
      fc.property(instructions, instructions, (first, second) => {
        const before = segmentAfter(first);
        const wanted = segmentAfter([...first, ...second]);
        const patch = createPatch(shown(before), shown(wanted));
        fc.pre(patch.length > 0);

        expect(shown(afterPatch(before, patch))).toEqual(shown(wanted));
      }),
    );
  });

  it("changes nothing where it asks for what there is", () => {
    fc.assert(
      fc.property(instructions, (all) => {
        const before = segmentAfter(all);
        const { key: _, ...merge } = shown(before);

        expect(afterPatch(before, { merge })).toBe(before);
      }),
    );
  });
});
