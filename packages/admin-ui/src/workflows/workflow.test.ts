import { describe, expect, it } from "vitest";
import { type Gradual, gradualStages, percentOf, stepsOf } from "./gradual.ts";
import { type Stage, stageNumber, type Workflow, workflowsUnder } from "./workflow.ts";

const gradual: Gradual = {
  variationId: "new",
  restId: "old",
  steps: [10, 100],
  wait: 2,
  unit: "calendarDay",
  needsApproval: true,
};

describe("a gradual rollout", () => {
  it("turns the flag on after an approval, and grows with time", () => {
    const stages = gradualStages(gradual, (percent) => `${percent} %`);

    expect(stages).toMatchObject([
      {
        name: "10 %",
        conditions: [{ kind: "ld-approval" }],
        action: {
          instructions: [
            { kind: "turnFlagOn" },
            { rolloutWeights: { new: 10_000, old: 90_000 }, rolloutContextKind: "user" },
          ],
        },
      },
      {
        conditions: [{ kind: "schedule", waitDuration: 2, waitDurationUnit: "calendarDay" }],
        action: { instructions: [{ variationId: "new" }] },
      },
    ]);
  });

  it("always ends with everyone, and goes up", () => {
    expect(stepsOf(["50", "5", "50"])).toEqual([5, 50, 100]);
    expect(stepsOf([])).toEqual([100]);
  });

  it.each([
    ["5", "5"],
    ["12.5 %", "12.5"],
    ["0", undefined],
    ["101", undefined],
    ["half", undefined],
    ["", undefined],
  ])("reads %j as %s", (typed, step) => {
    expect(percentOf(typed)).toBe(step);
  });
});

describe("where a workflow stands", () => {
  const stage = (status: Stage["_execution"]["status"]): Stage => ({
    _id: "",
    name: "",
    conditions: [],
    action: { instructions: [] },
    _execution: { status },
  });

  it("is the first stage that is not done", () => {
    expect(stageNumber({ stages: [stage("completed"), stage("active"), stage("pending")] })).toBe(
      2,
    );
    expect(stageNumber({ stages: [stage("completed")] })).toBe(1);
  });

  it("tells those under way from those that have ended", () => {
    const one = (_id: string, status: Workflow["_execution"]["status"]): Workflow => ({
      _id,
      name: "",
      description: "",
      flagKey: "",
      environmentKey: "",
      stages: [],
      _creationDate: 0,
      _maintainerId: "",
      _execution: { status },
      _conflicts: [],
    });
    const all = [one("1", "active"), one("2", "failed"), one("3", "completed")];

    expect(workflowsUnder("active", all).map(({ _id }) => _id)).toEqual(["1"]);
    expect(workflowsUnder("done", all).map(({ _id }) => _id)).toEqual(["2", "3"]);
  });
});
