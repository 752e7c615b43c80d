import { expect, it } from "vitest";
import { byDay, daysAgo } from "./days.ts";

const noon = new Date(2026, 10, 25, 12).getTime();
const hourMs = 3_600_000;

it("puts entries under the day they are of", () => {
  const dates = [noon, noon - hourMs, noon - 13 * hourMs];

  const days = byDay(dates.map((date) => ({ date })));

  expect(days.map(({ entries }) => entries.length)).toEqual([2, 1]);
  expect(days.map(({ start }) => daysAgo(start, noon))).toEqual([0, 1]);
});
