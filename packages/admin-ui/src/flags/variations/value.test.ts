import { describe, expect, it } from "vitest";
import { kindOfValues, textOfValue, valueFrom } from "./value.ts";

describe("the kind of a flag's values", () => {
  it.each([
    [true, "boolean"],
    ["a", "string"],
    [3, "number"],
    [{ max: 3 }, "json"],
    [null, "json"],
    [[1], "json"],
  ])("of %j is %s", (value, kind) => {
    expect(kindOfValues([{ value }])).toBe(kind);
  });
});

describe("what was typed", () => {
  it("is a text as it stands", () => {
    expect(valueFrom(" 17 ", "string")).toEqual({ value: " 17 " });
    expect(textOfValue("17", "string")).toBe("17");
  });

  it.each([
    ["17", 17],
    [" -0.5 ", -0.5],
    ["1e3", 1000],
  ])("is a number: %s", (text, value) => {
    expect(valueFrom(text, "number")).toEqual({ value });
  });

  it.each(["", "17px", "0x11", "1,5", "Infinity", "1e999"])("is no number: %s", (text) => {
    expect(valueFrom(text, "number")).toHaveProperty("problem");
  });

  it("is JSON, whatever the JSON", () => {
    expect(valueFrom('{ "max": 3 }', "json")).toEqual({ value: { max: 3 } });
    expect(valueFrom("null", "json")).toEqual({ value: null });
    expect(textOfValue({ max: 3 }, "json")).toBe('{\n  "max": 3\n}');
  });

  it.each([
    ['{\n  "max": 3,\n}', "line 3, column 1"],
    ['{"max": 3', "line 1, column 10"],
    ["{max: 3}", "line 1, column 2"],
  ])("is no JSON, and where it goes wrong is said: %s", (text, place) => {
    expect(valueFrom(text, "json")).toEqual({
      problem: `This is no JSON: look at ${place}.`,
    });
  });
});
