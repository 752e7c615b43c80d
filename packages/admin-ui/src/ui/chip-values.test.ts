import { describe, expect, it } from "vitest";
import { addedTo, splitValues } from "./chip-values.ts";

describe("a paste into a field of chips", () => {
  it("is split at commas and lines, without what is empty", () => {
    expect(splitValues("DE, FR\n\nAT\r\n,CH\t")).toEqual(["DE", "FR", "AT", "CH"]);
  });

  it("adds each value once, behind what is there", () => {
    expect(addedTo(["DE"], ["FR", " DE ", "FR"])).toEqual(["DE", "FR"]);
  });
});
