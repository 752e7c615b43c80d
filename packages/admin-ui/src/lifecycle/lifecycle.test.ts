import { expect, it } from "vitest";
import { areValid, rulesPatch, usualRules } from "./lifecycle.ts";

it("sends the days that were changed, and nothing else", () => {
  expect(rulesPatch(usualRules, usualRules)).toEqual([]);
  expect(rulesPatch(usualRules, { ...usualRules, unusedDays: 30 })).toEqual([
    { op: "replace", path: "/unusedDays", value: 30 },
  ]);
});

it.each([0, 1.5, 366, Number.NaN])("does not take %d for days", (servedDays) => {
  expect(areValid({ ...usualRules, servedDays })).toBe(false);
});
