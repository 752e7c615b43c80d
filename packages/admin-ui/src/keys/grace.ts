/** How long an old key may go on. */
export const graces = ["hour", "day", "week", "custom", "none"] as const;
export type Grace = (typeof graces)[number];

const hourMs = 3_600_000;

/** Until when, in Unix milliseconds; undefined where it ends at once. */
export function graceUntil(grace: Grace, customHours: number, now: number): number | undefined {
  const hours = { hour: 1, day: 24, week: 168, custom: customHours, none: 0 }[grace];
  return hours > 0 ? Math.round(now + hours * hourMs) : undefined;
}
