import { newSegmentState } from "@halyard/instructions";
import { describe, expect, it } from "vitest";
import { carriedOver } from "./segment-draft.ts";
import { withKeys } from "./segment-state.ts";

const base = {
  ...newSegmentState({ key: "testers", name: "Testers" }, ""),
  rules: [{ id: "rule", clauses: [] }],
};
const mine = withKeys(base, "included", { kind: "user", keys: ["ada"] });
const theirs = withKeys(base, "included", { kind: "user", keys: ["grace"] });

describe("a draft of a segment", () => {
  it("is what was typed where nobody else has changed anything", () => {
    const carried = carriedOver(base, { base, state: mine, at: 0 });

    expect(carried).toMatchObject({ state: mine, isCarried: false, conflict: undefined });
    expect(carried.instructions).toEqual([
      { kind: "addIncludedTargets", contextKind: "user", values: ["ada"] },
    ]);
  });

  it("is carried over to what somebody else has made meanwhile", () => {
    const carried = carriedOver(theirs, { base, state: mine, at: 0 });

    expect(carried.state.included).toEqual(["grace", "ada"]);
    expect(carried.isCarried).toBe(true);
    expect(carried.instructions).toHaveLength(1);
  });

  it("is nothing any more once the server has all of it", () => {
    const state = { ...base, rules: [...base.rules, { id: "new", clauses: [] }] };

    const carried = carriedOver({ ...state }, { base, state, at: 0 });

    expect(carried).toMatchObject({ instructions: [], isCarried: false, conflict: undefined });
  });

  it("says why it does not fit where the rule that it changes is gone", () => {
    const state = { ...base, rules: [{ id: "rule", description: "Some", clauses: [] }] };

    const carried = carriedOver({ ...base, rules: [] }, { base, state, at: 0 });

    expect(carried.conflict).toContain("rule");
    expect(carried.state.rules).toEqual([]);
  });
});
