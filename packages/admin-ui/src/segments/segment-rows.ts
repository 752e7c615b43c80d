import type { SegmentRepresentation } from "./segment-representation.ts";

/** A segment with what it is in each environment that has it: each is one of its own, under the same key. */
export interface SegmentRow {
  readonly key: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly inEnvironment: ReadonlyMap<string, SegmentRepresentation>;
  /** How many flags name it, in whichever environment. */
  readonly flagCount: number;
}

interface ListedIn {
  readonly environment: string;
  readonly segments: readonly SegmentRepresentation[];
}

/** The lists of all environments side by side, by name; what a row is called is said by the last that has it. */
export function rowsOf(lists: readonly ListedIn[]): readonly SegmentRow[] {
  const byKey = new Map<string, Map<string, SegmentRepresentation>>();
  for (const { environment, segments } of lists) {
    for (const segment of segments) {
      const row = byKey.get(segment.key) ?? new Map<string, SegmentRepresentation>();
      byKey.set(segment.key, row.set(environment, segment));
    }
  }
  return [...byKey]
    .map(([key, inEnvironment]) => {
      const all = [...inEnvironment.values()];
      const flags = new Set(all.flatMap(({ _flags = [] }) => _flags.map((flag) => flag.key)));
      return {
        key,
        name: all.at(-1)?.name ?? key,
        tags: [...new Set(all.flatMap(({ tags }) => tags))],
        inEnvironment,
        flagCount: flags.size,
      };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

export const segmentShows = ["all", "used", "unused", "big"] as const;
export type SegmentShow = (typeof segmentShows)[number];

/** The rows that have all the words in name, key or tags, and are of the kind that is asked for. */
export function filteredRows(
  rows: readonly SegmentRow[],
  { q, show }: { readonly q: string; readonly show: SegmentShow },
): readonly SegmentRow[] {
  const words = q.toLowerCase().split(/\s+/u).filter(Boolean);
  return rows.filter((row) => {
    const text = [row.name, row.key, ...row.tags].join(" ").toLowerCase();
    return words.every((word) => text.includes(word)) && isShown(row, show);
  });
}

function isShown({ flagCount, inEnvironment }: SegmentRow, show: SegmentShow): boolean {
  switch (show) {
    case "all":
      return true;
    case "used":
      return flagCount > 0;
    case "unused":
      return flagCount === 0;
    case "big":
      return [...inEnvironment.values()].some(({ unbounded }) => unbounded);
    default:
      return show satisfies never;
  }
}
