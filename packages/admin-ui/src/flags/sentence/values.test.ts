import { describe, expect, it } from "vitest";
import { isVersion, parseNumber, typeOfValues } from "./values.ts";

describe("values as they are typed", () => {
  it.each([
    ["12.5", 12.5],
    ["12,5", 12.5],
    [" -3 ", -3],
    ["", undefined],
    ["twelve", undefined],
    ["Infinity", undefined],
  ])("reads %j as %s", (typed, number) => {
    expect(parseNumber(typed)).toBe(number);
  });

  it.each(["2", "2.1", "2.1.0", "2.1.0-beta.1", "2.1.0+build"])("takes %s as a version", (text) => {
    expect(isVersion(text)).toBe(true);
  });

  it.each(["", "v2", "2.1.0.0", "02.1", "2.1-"])("takes %j as no version", (text) => {
    expect(isVersion(text)).toBe(false);
  });

  it("takes the type of what is there, then of what is seen", () => {
    expect(typeOfValues([17], ["DE"])).toBe("number");
    expect(typeOfValues([], [true])).toBe("boolean");
    expect(typeOfValues([])).toBe("text");
  });
});
