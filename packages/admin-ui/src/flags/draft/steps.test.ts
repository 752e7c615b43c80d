import { describe, expect, it } from "vitest";
import { type Instructions, named, noSteps, redone, stepped, undone } from "./steps.ts";

const serve = (variationId: string, ruleId = "a") =>
  ({ kind: "updateRuleVariationOrRollout", ruleId, variationId }) as const;
const later = 10_000;

/** Each taken long after the one before. */
function taken(...all: readonly Instructions[]) {
  return all.reduce((steps, added, index) => stepped(steps, added, index * later), noSteps);
}

describe("the steps of a draft", () => {
  it("keep the last of what sets the same part one after the other", () => {
    expect(taken([serve("x")], [serve("y")]).now).toEqual([serve("y")]);
    expect(taken([serve("x")], [serve("y", "b")]).now).toEqual([serve("x"), serve("y", "b")]);
  });

  it("are taken back and again one by one", () => {
    const steps = taken([{ kind: "turnFlagOn" }], [serve("x")], [serve("y")]);
    const once = undone(steps);
    expect(once.now).toEqual([{ kind: "turnFlagOn" }, serve("x")]);
    expect(undone(undone(undone(once))).now).toEqual([]);
    expect(redone(once).now).toEqual(steps.now);
    expect(redone(redone(once)).now).toEqual(steps.now);
  });

  it("are one where the same part is set again at once, as while dragging", () => {
    const dragged = [1, 2, 3].reduce(
      (steps, at) => stepped(steps, [serve(String(at))], 1_000_000 + at * 20),
      taken([{ kind: "turnFlagOn" }]),
    );
    expect(dragged.now).toEqual([{ kind: "turnFlagOn" }, serve("3")]);
    expect(undone(dragged).now).toEqual([{ kind: "turnFlagOn" }]);
  });

  it("cannot be done again after another one was taken", () => {
    const other = stepped(undone(taken([serve("x")])), [{ kind: "turnFlagOff" }], later * 9);
    expect(redone(other).now).toEqual([{ kind: "turnFlagOff" }]);
  });
});

describe("naming", () => {
  it("gives what is new an id, and leaves the ids that there are", () => {
    let made = 0;
    const newId = () => `new-${made++}`;
    const clause = { attribute: "plan", op: "in", values: ["pro"] };
    expect(
      named(
        [
          { kind: "addRule", clauses: [clause, { ...clause, _id: "mine" }] },
          { kind: "addClauses", ruleId: "a", clauses: [clause] },
          { kind: "replaceRules", rules: [{ ruleId: "a", clauses: [clause] }] },
          { kind: "turnFlagOn" },
        ],
        newId,
      ),
    ).toEqual([
      {
        kind: "addRule",
        ruleId: "new-0",
        clauses: [
          { ...clause, _id: "new-1" },
          { ...clause, _id: "mine" },
        ],
      },
      { kind: "addClauses", ruleId: "a", clauses: [{ ...clause, _id: "new-2" }] },
      { kind: "replaceRules", rules: [{ ruleId: "a", clauses: [{ ...clause, _id: "new-3" }] }] },
      { kind: "turnFlagOn" },
    ]);
  });
});
