interface StripDay {
  /** When it begins here, in Unix milliseconds. */
  readonly start: number;
  /** How much is planned on it. */
  readonly count: number;
  readonly isToday: boolean;
}

const weeks = 5;

/** Five weeks from this week's Monday on, with how much is planned on each day. */
export function daysOfStrip(dates: readonly number[], now: number): readonly StripDay[] {
  const today = startOfDay(now);
  const monday = plusDays(today, -((new Date(today).getDay() + 6) % 7));
  const counts = new Map<number, number>();
  for (const date of dates) {
    const start = startOfDay(date);
    counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  return Array.from({ length: weeks * 7 }, (_, at) => {
    const start = plusDays(monday, at);
    return { start, count: counts.get(start) ?? 0, isToday: start === today };
  });
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function plusDays(start: number, days: number): number {
  const date = new Date(start);
  return date.setDate(date.getDate() + days);
}
