import {
  applySegmentInstructions,
  isInstructionError,
  type SegmentState,
} from "@halyard/instructions";
import { describe, expect, it } from "vitest";
import { segmentChanges } from "./segment-changes.ts";
import { withKeys } from "./segment-state.ts";

const clause = (id: string, value: string) => ({
  id,
  contextKind: "user",
  attribute: "plan",
  op: "in",
  negate: false,
  values: [value],
});
const before: SegmentState = {
  key: "testers",
  name: "Testers",
  description: "",
  tags: [],
  salt: "",
  included: ["ada", "grace"],
  excluded: ["linus"],
  includedContexts: [{ contextKind: "org", values: ["acme"] }],
  excludedContexts: [],
  rules: [
    { id: "pro", clauses: [clause("a", "pro"), clause("b", "beta")] },
    { id: "free", description: "Free", clauses: [clause("c", "free")] },
  ],
  unbounded: false,
};
const [pro, free] = before.rules;

function applied(state: SegmentState, instructions: ReturnType<typeof segmentChanges>) {
  const after = applySegmentInstructions(state, instructions, { newId: () => "new" });
  if (isInstructionError(after)) throw new Error(after.message);
  return after;
}

describe("what was changed of a segment", () => {
  it.each<readonly [string, SegmentState, readonly string[]]>([
    ["nothing", before, []],
    [
      "who is listed",
      withKeys(before, "included", { kind: "user", keys: ["ada", "linus"] }),
      ["removeIncludedTargets", "addIncludedTargets", "removeExcludedTargets"],
    ],
    [
      "another kind",
      withKeys(before, "excluded", { kind: "org", keys: ["globex"] }),
      ["addExcludedTargets"],
    ],
    [
      "conditions",
      {
        ...before,
        rules: [
          { id: "pro", clauses: [clause("a", "max"), clause("d", "new")] },
          ...before.rules.slice(1),
        ],
      },
      ["updateClause", "removeClauses", "addClauses"],
    ],
    [
      "a title and a share",
      {
        ...before,
        rules: before.rules.map((rule) => ({
          ...rule,
          description: "Some",
          weight: 5_000,
          rolloutContextKind: "user",
        })),
      },
      [
        "updateRuleDescription",
        "updateRuleRolloutAndContextKind",
        "updateRuleDescription",
        "updateRuleRolloutAndContextKind",
      ],
    ],
    [
      "rules and their order",
      {
        ...before,
        rules: [{ id: "first", clauses: [] }, ...(free === undefined ? [] : [free])],
      },
      ["removeRule", "addRule", "reorderRules"],
    ],
    [
      "the order alone",
      { ...before, rules: [free, pro].filter((rule) => rule !== undefined) },
      ["reorderRules"],
    ],
  ])("is %s, in as few instructions as say it", (_, after, kinds) => {
    const instructions = segmentChanges(before, after);

    expect(instructions.map(({ kind }) => kind)).toEqual(kinds);
    expect(applied(before, instructions)).toEqual(after);
  });

  it("still fits where somebody else has changed another part", () => {
    const mine = segmentChanges(
      before,
      withKeys(before, "included", { kind: "user", keys: ["ada"] }),
    );
    const theirs = withKeys(before, "included", {
      kind: "user",
      keys: ["ada", "grace", "margaret"],
    });

    expect(applied(theirs, mine).included).toEqual(["ada", "margaret"]);
  });
});
