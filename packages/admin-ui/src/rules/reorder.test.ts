import { describe, expect, it } from "vitest";
import { type Lifted, placeAt, shiftOf } from "./reorder.ts";

/** The second is as tall as two of the others. */
const boxes = [
  { top: 0, height: 88 },
  { top: 100, height: 188 },
  { top: 300, height: 88 },
  { top: 400, height: 88 },
];
const lifted: Lifted = { id: "b", from: 1, to: 1, by: undefined, boxes };

describe("moving an item", () => {
  it.each([
    [0, 1],
    [-50, 1],
    [-60, 0],
    [50, 1],
    [60, 2],
    [1_000, 3],
  ])("comes to be, %i pixels from its place, at %i", (by, place) => {
    expect(placeAt(lifted, by)).toBe(place);
  });

  it("lets those between make room, and nobody else", () => {
    const shifts = boxes.map((_, at) => shiftOf(at, { ...lifted, to: 3, by: 150 }));

    expect(shifts).toEqual([0, 150, -200, -200]);
  });

  it("stands, by keys, where it would come to be", () => {
    expect(shiftOf(1, { ...lifted, to: 0 })).toBe(-100);
    expect(shiftOf(0, { ...lifted, to: 0 })).toBe(200);
    expect(shiftOf(1, { ...lifted, to: 2 })).toBe(100);
  });
});
