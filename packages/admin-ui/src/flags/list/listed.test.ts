import { describe, expect, it } from "vitest";
import { keyAt, placeIn } from "./listed.ts";

const listed = { pieces: { 0: ["a", "b"], 50: ["y", "z"] } };

describe("a list that is kept in pieces", () => {
  it.each([
    ["a", 0],
    ["b", 1],
    ["z", 51],
    ["m", undefined],
  ])("has %s at %s", (key, place) => {
    expect(placeIn(listed, key)).toBe(place);
  });

  it.each([
    [1, "b"],
    [2, undefined],
    [50, "y"],
    [-1, undefined],
  ])("has at %s %s", (place, key) => {
    expect(keyAt(listed, place)).toBe(key);
  });
});
