import { unknownName } from "./unknown-name.ts";

/** How two things compare by a field: below zero where the first comes first. */
type Comparison<T> = (a: T, b: T) => number;

/**
 * Reads `-creationDate,key` against the fields that a list can be sorted by: a minus turns the order
 * round, later fields decide between equals. Things that are equal by all stay as they are.
 */
export function parseSort<T>(
  sort: string | undefined,
  fields: Readonly<Record<string, Comparison<T>>>,
): Comparison<T> {
  const steps = (sort ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => {
      const isDescending = one.startsWith("-");
      const name = isDescending ? one.slice(1) : one;
      const compare = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (compare === undefined) throw unknownName("sort", name, Object.keys(fields));
      return { compare, direction: isDescending ? -1 : 1 };
    });
  return (a, b) => {
    for (const { compare, direction } of steps) {
      const difference = compare(a, b) * direction;
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

export function compareTexts(a: string, b: string): number {
  return a.localeCompare(b, "en");
}
