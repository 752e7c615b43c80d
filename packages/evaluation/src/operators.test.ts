import { expect, it } from "vitest";
import type { Json } from "./model.ts";
import { prepareTest } from "./operators.ts";

const cases: [op: string, value: Json, given: Json[], fits: boolean][] = [
  ["in", "a", ["b", "a"], true],
  ["in", 1, ["1"], false],
  ["in", true, [1], false],
  ["in", { a: 1 }, [{ a: 1 }], false],
  ["startsWith", "abc", ["ab"], true],
  ["startsWith", "abc", ["bc"], false],
  ["endsWith", "abc", ["bc"], true],
  ["contains", "abc", ["b"], true],
  ["contains", 123, ["2"], false],
  ["matches", "xxabcyy", ["a.c"], true],
  ["matches", "abc", ["("], false],
  ["matches", "abc", ["(?=a)", "^abc$"], true],
  ["lessThan", 1, [2], true],
  ["lessThan", "1", [2], false],
  ["lessThanOrEqual", 2, [2], true],
  ["greaterThan", 3, [4, 2], true],
  ["greaterThanOrEqual", 2, [3], false],
  ["before", 0, ["1970-01-01T00:00:01Z"], true],
  ["after", "2020-01-01T00:00:00+02:00", ["2019-12-31T21:59:59.999Z"], true],
  ["before", "2020-01-01", [9e15], false],
  ["before", "2020-01-01T00:00:00+02", [9e15], false],
  ["before", "2020-01-01T00:00:00+0200", [9e15], true],
  ["before", "1000", [2000], false],
  ["semVerEqual", "2.0", ["2"], true],
  ["semVerGreaterThan", "2.0.0", ["2.0.0-rc"], true],
  ["semVerLessThan", "v1", ["2"], false],
  ["unheardOf", "a", ["a"], false],
];

it.each(cases)("%s: %j against %j is %j", (op, value, given, fits) => {
  expect(prepareTest(op, given).fits(value)).toBe(fits);
});
