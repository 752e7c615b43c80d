import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applySegmentInstructions, newSegmentState } from "./apply-segment.ts";
import {
  applyToMembership,
  type BigSegmentMembership,
  differenceOfMemberships,
  keysOfMembership,
} from "./big-segment-membership.ts";
import { isInstructionError } from "./outcome.ts";
import { SegmentInstruction } from "./segment-instruction.ts";

const key = fc.constantFrom("ada", "grace", "linus", "__proto__");
const keys = fc.uniqueArray(key);
const membership = fc.record({ included: keys, excluded: keys }).map(({ included, excluded }) => ({
  included: new Set(included),
  excluded: new Set(excluded),
}));
const instructions = fc.array(
  fc.record({
    kind: fc.constantFrom(
      "addBigSegmentIncludedTargets" as const,
      "removeBigSegmentIncludedTargets" as const,
      "addBigSegmentExcludedTargets" as const,
      "removeBigSegmentExcludedTargets" as const,
    ),
    values: keys,
  }),
);

describe("the membership of a big segment", () => {
  it("becomes another by their difference", () => {
    fc.assert(
      fc.property(membership, membership, (a, b) => {
        expect(applyToMembership(a, differenceOfMemberships(a, b))).toEqual(b);
      }),
    );
  });

  it("is given back by the difference to what it was", () => {
    fc.assert(
      fc.property(membership, instructions, (before, done) => {
        const after = applyToMembership(before, done);

        expect(applyToMembership(after, differenceOfMemberships(after, before))).toEqual(before);
      }),
    );
  });

  it("changes for no key but those that the instructions name", () => {
    fc.assert(
      fc.property(membership, instructions, (before, done) => {
        const named = new Set(keysOfMembership(done));
        const others = ({ included, excluded }: BigSegmentMembership) =>
          [included, excluded].map((list) => [...list].filter((one) => !named.has(one)).sort());

        expect(others(applyToMembership(before, done))).toEqual(others(before));
      }),
    );
  });
});

describe("an instruction about members kept apart", () => {
  const instruction = SegmentInstruction.parse({
    kind: "addBigSegmentIncludedTargets",
    values: ["ada"],
  });
  const context = { newId: () => "id" };

  it("is refused by a segment that is not big", () => {
    const segment = newSegmentState({ key: "beta", name: "Beta" }, "salt");

    const refused = applySegmentInstructions(segment, [instruction], context);

    expect(isInstructionError(refused) && refused.message).toContain("no big segment");
  });

  it("leaves the state of a big one as it is", () => {
    const segment = newSegmentState({ key: "beta", name: "Beta", unbounded: true }, "salt");

    expect(applySegmentInstructions(segment, [instruction], context)).toBe(segment);
  });
});
