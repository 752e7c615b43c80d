import { expect, it } from "vitest";
import { daysOfStrip } from "./strip-days.ts";

it("shows five weeks from Monday on, and what is planned on their days", () => {
  const wednesday = new Date(2026, 10, 25, 15).getTime();
  const friday = new Date(2026, 10, 27, 9).getTime();

  const days = daysOfStrip([friday, friday + 1_000], wednesday);

  expect(days).toHaveLength(35);
  expect(new Date(days[0]?.start ?? 0).getDate()).toBe(23);
  expect(days.findIndex(({ isToday }) => isToday)).toBe(2);
  expect(days[4]?.count).toBe(2);
  expect(days.filter(({ count }) => count > 0)).toHaveLength(1);
});
