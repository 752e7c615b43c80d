import { expect, it } from "vitest";
import { dayIn, dayOf, isLater, keepingNoLonger, keepingUntil } from "./keep.ts";

const now = Date.UTC(2026, 10, 25, 12);

it("counts days from today", () => {
  expect(dayIn(30, now)).toBe("2026-12-25");
  expect(dayOf(Date.UTC(2027, 0, 1, 23, 59))).toBe("2027-01-01");
});

it.each([
  ["2026-11-26", true],
  ["2026-11-25", false],
  ["", false],
  ["soon", false],
])("takes %j for a day to come: %s", (day, is) => {
  expect(isLater(day, now)).toBe(is);
});

it("is a property of the flag, which goes when it has no value", () => {
  expect(keepingUntil("2027-01-01", "Keep until")).toMatchObject({ values: ["2027-01-01"] });
  expect(keepingNoLonger("Keep until")).toMatchObject({ values: [] });
});
