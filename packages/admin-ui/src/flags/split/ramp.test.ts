import { describe, expect, it } from "vitest";
import { nextStep, problemOf, rampFrom } from "./ramp.ts";

const noon = new Date(2030, 4, 1, 12).getTime();
const morning = (day: number) => new Date(2030, 4, day, 9).getTime();
let made = 0;
const newId = () => `step-${made++}`;

describe("a ramp to begin with", () => {
  it.each([
    [0, ["10", "25", "50", "100"]],
    [10, ["25", "50", "100"]],
    [50, ["100"]],
    [100, []],
  ])("goes from %i percent over the usual steps above", (now, percents) => {
    expect(rampFrom(now, noon, newId).map(({ percent }) => percent)).toEqual(percents);
  });

  it("takes a step each morning from tomorrow on, and one more a day behind the last", () => {
    const steps = rampFrom(25, noon, newId);

    expect(steps.map(({ at }) => at)).toEqual([morning(2), morning(3)]);
    expect(nextStep(steps, noon, newId).at).toBe(morning(4));
  });
});

describe("a step", () => {
  const step = (percent: string, at: number | undefined) => ({ id: newId(), percent, at });

  it.each([
    ["", morning(2), "percent"],
    ["101", morning(2), "percent"],
    ["12,5", morning(2), undefined],
    ["5", noon - 1, "past"],
    ["5", undefined, "past"],
  ])("of %s percent at %s has as its problem %s", (percent, at, problem) => {
    expect(problemOf([step(percent, at)], 0, noon)).toBe(problem);
  });

  it("has to come after the one before", () => {
    const steps = [step("5", morning(3)), step("10", morning(2))];

    expect(problemOf(steps, 1, noon)).toBe("order");
  });
});
