interface Dated {
  /** Unix milliseconds. */
  readonly date: number;
}

interface Day<T> {
  /** When it began here, in Unix milliseconds. */
  readonly start: number;
  readonly entries: readonly T[];
}

/** Entries by the day they are of here, in the order they come in. */
export function byDay<T extends Dated>(entries: readonly T[]): readonly Day<T>[] {
  const days = new Map<number, T[]>();
  for (const entry of entries) {
    const start = new Date(entry.date).setHours(0, 0, 0, 0);
    days.set(start, [...(days.get(start) ?? []), entry]);
  }
  return [...days].map(([start, ofDay]) => ({ start, entries: ofDay }));
}

/** How many days ago a day was; 0 for today, less for what is to come. */
export function daysAgo(start: number, now: number): number {
  const today = new Date(now).setHours(0, 0, 0, 0);
  return Math.round((today - start) / 86_400_000);
}
