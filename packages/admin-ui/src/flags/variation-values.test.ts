import { expect, it } from "vitest";
import { type FlagKind, variationsFrom } from "./variation-values.ts";

it.each<[FlagKind, string[], unknown]>([
  [
    "string",
    ["old", "7"],
    [
      { value: "old", name: "old" },
      { value: "7", name: "7" },
    ],
  ],
  ["boolean", ["old"], [{ value: true }, { value: false }]],
  ["number", ["1", "2.5"], [{ value: 1 }, { value: 2.5 }]],
  ["JSON", ['{"a":1}', "null"], [{ value: { a: 1 } }, { value: null }]],
  ["number", ["1", "x"], { error: "x is no number; write it as digits." }],
  ["string", ["a", "a"], { error: "Two variations are the same; make them differ." }],
])("as %s, %j is %j", (kind, typed, expected) => {
  expect(variationsFrom(kind, typed)).toEqual(expected);
});
