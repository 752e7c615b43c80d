import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFlagInstructions } from "./apply-flag.ts";
import type { FlagInstruction } from "./flag-instruction.ts";
import { newFlagConfiguration, newFlagState } from "./new-flag.ts";
import { isInstructionError } from "./outcome.ts";
import { simplifyFlagInstructions } from "./simplify.ts";
import type { FlagState } from "./state.ts";

const context = { environmentKey: "production", newId: () => "new" };

function checkout(): FlagState {
  const variations = ["old", "new"].map((value) => ({ _id: value, value }));
  const flag = newFlagState({ key: "checkout", name: "Checkout", variations }, context.newId);
  if (flag === undefined) throw new Error("the flag has no defaults");
  return { ...flag, environments: { production: newFlagConfiguration(flag, "salt") } };
}

const on: FlagInstruction = { kind: "turnFlagOn" };
const off: FlagInstruction = { kind: "turnFlagOff" };
const named = (value: string): FlagInstruction => ({ kind: "updateName", value });
const rule = (ruleId: string): FlagInstruction => ({
  kind: "addRule",
  ruleId,
  clauses: [{ _id: `${ruleId}-1`, attribute: "country", op: "in", values: ["DE"] }],
  variationId: "new",
});
const removed = (ruleId: string): FlagInstruction => ({ kind: "removeRule", ruleId });
const served = (ruleId: string, variationId: string): FlagInstruction => ({
  kind: "updateRuleVariationOrRollout",
  ruleId,
  variationId,
});

const anyInstruction = fc.constantFrom<FlagInstruction>(
  on,
  off,
  named("Checkout"),
  named("Pay"),
  rule("a"),
  rule("b"),
  removed("a"),
  served("a", "old"),
  served("a", "new"),
  { kind: "addTargets", variationId: "new", values: ["ada"] },
  { kind: "removeTargets", variationId: "new", values: ["ada"] },
);

describe("the simple form of instructions", () => {
  it("leads to the same flag, and cannot be made simpler", () => {
    fc.assert(
      fc.property(fc.array(anyInstruction, { maxLength: 10 }), (instructions) => {
        const after = applyFlagInstructions(checkout(), instructions, context);
        fc.pre(!isInstructionError(after));

        const simple = simplifyFlagInstructions(instructions, checkout(), context);

        expect(applyFlagInstructions(checkout(), simple, context)).toEqual(after);
        expect(simplifyFlagInstructions(simple, checkout(), context)).toEqual(simple);
        expect(simple.length).toBeLessThanOrEqual(instructions.length);
      }),
    );
  });

  it.each<[string, FlagInstruction[], FlagInstruction[]]>([
    ["nothing of what is done and taken back", [on, off], []],
    [
      "nothing of a rule that is added and removed",
      [rule("a"), served("a", "old"), removed("a")],
      [],
    ],
    ["the last of what overwrites", [named("A"), on, named("B")], [on, named("B")]],
    ["nothing of what is so already", [off, named("Checkout")], []],
  ])("keeps %s", (_, instructions, kept) => {
    expect(simplifyFlagInstructions(instructions, checkout(), context)).toEqual(kept);
  });

  it("leaves what does not fit as it is", () => {
    const unknown = [served("x", "old"), on, off];

    expect(simplifyFlagInstructions(unknown, checkout(), context)).toEqual(unknown);
  });
});
