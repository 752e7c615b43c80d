import { describe, expect, it } from "vitest";
import { type Lifted, placeAt, shiftOf } from "./reorder.ts";

const middles = [50, 150, 250, 350];
const lifted: Lifted = { id: "b", from: 1, to: 1, by: undefined, height: 88, middles };

describe("moving an item", () => {
  it.each([
    [0, 1],
    [-90, 1],
    [-110, 0],
    [90, 1],
    [110, 2],
    [1_000, 3],
  ])("comes to be, %i pixels from its place, at %i", (by, place) => {
    expect(placeAt(lifted, by)).toBe(place);
  });

  it("lets those between make room, and nobody else", () => {
    const shifts = middles.map((_, at) => shiftOf(at, { ...lifted, to: 3, by: 200 }));

    expect(shifts).toEqual([0, 200, -100, -100]);
  });

  it("stands, by keys, where it would come to be", () => {
    expect(shiftOf(1, { ...lifted, to: 0 })).toBe(-100);
    expect(shiftOf(0, { ...lifted, to: 0 })).toBe(100);
  });
});
