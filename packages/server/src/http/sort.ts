import { unknownName } from "./unknown-name.ts";

/** How two things compare by a field: below zero where the first comes first. */
type Comparison<T> = (a: T, b: T) => number;

interface SortStep<Field> {
  readonly field: Field;
  readonly isDescending: boolean;
}

/** Reads `-creationDate,key` against the fields that a list can be sorted by, for a store that sorts. */
export function parseSortSteps<Field>(
  sort: string | undefined,
  fields: Readonly<Record<string, Field>>,
): readonly SortStep<Field>[] {
  return (sort ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => {
      const isDescending = one.startsWith("-");
      const name = isDescending ? one.slice(1) : one;
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) throw unknownName("sort", name, Object.keys(fields));
      return { field, isDescending };
    });
}

/**
 * Reads `-creationDate,key` against the fields that a list can be sorted by: a minus turns the order
 * round, later fields decide between equals. Things that are equal by all stay as they are.
 */
export function parseSort<T>(
  sort: string | undefined,
  fields: Readonly<Record<string, Comparison<T>>>,
): Comparison<T> {
  const steps = parseSortSteps(sort, fields);
  return (a, b) => {
    for (const { field: compare, isDescending } of steps) {
      const difference = compare(a, b) * (isDescending ? -1 : 1);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

export function compareTexts(a: string, b: string): number {
  return a.localeCompare(b, "en");
}
