import { describe, expect, it } from "vitest";
import { lineDifference, withoutFarLines } from "./line-difference.ts";

const drawn = (before: string, after: string) =>
  lineDifference([...before], [...after]).map(
    ({ kind, text }) => `${{ kept: " ", gone: "-", come: "+" }[kind]}${text}`,
  );

describe("the difference of two lists of lines", () => {
  it.each([
    ["", "", []],
    ["abc", "abc", [" a", " b", " c"]],
    ["abc", "ac", [" a", "-b", " c"]],
    ["ac", "abc", [" a", "+b", " c"]],
    ["abc", "axc", [" a", "-b", "+x", " c"]],
    ["ab", "ba", ["-a", " b", "+a"]],
    ["", "ab", ["+a", "+b"]],
  ])("%j to %j", (before, after, lines) => {
    expect(drawn(before, after)).toEqual(lines);
  });

  it("compares thousands of lines as sets", () => {
    const keys = Array.from({ length: 3_000 }, (_, at) => `key ${at}`);

    const lines = lineDifference(["a", ...keys, "b"], ["c", ...keys, "d"]);

    expect(lines.filter(({ kind }) => kind !== "kept").map(({ text }) => text)).toEqual([
      "a",
      "b",
      "c",
      "d",
    ]);
  });

  it("leaves out what stays far from any change", () => {
    const lines = withoutFarLines(lineDifference([..."abcdefg"], [..."abcdeXg"]));

    expect(lines.map((line) => (line.kind === "left out" ? line.count : line.text))).toEqual([
      4,
      "e",
      "f",
      "X",
      "g",
    ]);
  });
});
