import type { Series } from "./evaluation-queries.ts";

const places = { variation: 0, fallback: 1, flagNotFound: 2 } as const;

/** The series as they stand on each other: variations by their place, then what went wrong. */
export function inOrder(series: readonly Series[]): readonly Series[] {
  return series.toSorted((a, b) => {
    const byKind = places[a.kind] - places[b.kind];
    return byKind === 0 ? (a.variation ?? Infinity) - (b.variation ?? Infinity) : byKind;
  });
}

/** For each series the sum of its counts and those of the series below it. */
export function stacked(series: readonly Pick<Series, "counts">[]): readonly (readonly number[])[] {
  let below: readonly number[] = [];
  return series.map(({ counts }) => {
    below = counts.map((count, at) => count + (below[at] ?? 0));
    return below;
  });
}

/** The moments at which the steps begin. */
export function startsOf(
  span: { readonly from: number; readonly bucketMs: number },
  count: number,
) {
  return Array.from({ length: count }, (_, at) => span.from + at * span.bucketMs);
}

interface Dated {
  readonly date: number;
}

interface Group<One> {
  readonly date: number;
  readonly changes: readonly One[];
}

/** Changes that would stand on each other in the chart, as one; the oldest first. */
export function grouped<One extends Dated>(
  changes: readonly One[],
  withinMs: number,
): Group<One>[] {
  const groups: { date: number; changes: One[] }[] = [];
  for (const change of changes.toSorted((a, b) => a.date - b.date)) {
    const last = groups.at(-1);
    if (last === undefined || change.date - last.date > withinMs)
      groups.push({ date: change.date, changes: [change] });
    else last.changes.push(change);
  }
  return groups;
}
