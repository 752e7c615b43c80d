import { expect, it } from "vitest";
import { fitsCondition, parseConditions } from "./condition.ts";

const known = ["key", "kind"];
const fields = { known, isField: (name: string) => name.includes(".") };

it.each([
  ['key equals "a,b"', [["key", "equals", "a,b"]]],
  ["key equals ada", [["key", "equals", "ada"]]],
  [
    'kind anyOf ["user", "o]rg"] , *.name startsWith Jo Ann',
    [
      ["kind", "anyOf", ["user", "o]rg"]],
      ["*.name", "startsWith", "Jo Ann"],
    ],
  ],
  [
    "user.plan exists false,key equals 7",
    [
      ["user.plan", "exists", false],
      ["key", "equals", 7],
    ],
  ],
  ["", []],
])("reads %s", (filter, expected) => {
  const found = parseConditions(filter, fields);

  expect(found.map(({ field, operator, operand }) => [field, operator, operand])).toEqual(expected);
});

it.each([
  ["kex equals 1", 'did you mean "key"?'],
  ["key equal 1", 'did you mean "equals"?'],
  ["key", "write FIELD OPERATOR VALUE"],
  ["key equals ,kind equals a", "cannot be read"],
])("refuses %s, and says what to write", (filter, words) => {
  expect(() => parseConditions(filter, fields)).toThrow(words);
});

it.each([
  ["equals", "a", ["b", "a"], true],
  ["equals", ["a", "b"], ["b", "a"], true],
  ["equals", ["a"], ["b", "a"], false],
  ["equals", 7, ["7"], true],
  ["notEquals", "a", ["b"], true],
  ["notEquals", "a", ["a"], false],
  ["notEquals", "a", [], false],
  ["anyOf", ["a", "c"], ["c"], true],
  ["contains", ["a"], [["a", "b"]], true],
  ["contains", "ell", ["hello"], true],
  ["contains", ["a", "z"], ["a", "b"], false],
  ["startsWith", "he", ["hello"], true],
  ["endsWith", "lo", ["hello"], true],
  ["exists", true, [], false],
  ["exists", false, [], true],
  ["before", "2026-01-02", [Date.parse("2026-01-01")], true],
  ["after", 5, [4], false],
] as const)("%s %j of %j is %s", (operator, operand, values, expected) => {
  expect(fitsCondition({ operator, operand }, values)).toBe(expected);
});
