import { z } from "zod";
import { DomainError } from "../errors.ts";
import { unknownName } from "./unknown-name.ts";

/** Reads the value that a filter gives for a field; throws where it does not fit. */
export type FilterField<Value> = (value: string, name: string) => Value;

type Fields = Readonly<Record<string, FilterField<unknown>>>;

/** What a filter asks for, by field; a field that it does not name is absent. */
export type FilterOf<F extends Fields> = { readonly [Name in keyof F]?: ReturnType<F[Name]> };

/**
 * Reads `query:dark,tags:beta+web,creationDate:{"before":1700000000000}` against a table of fields.
 * Commas join arguments, all of which have to fit; inside braces and quotes they are part of a value.
 */
export function parseFilter<F extends Fields>(filter: string | undefined, fields: F): FilterOf<F> {
  const found = new Map<string, unknown>();
  for (const argument of splitArguments(filter ?? "")) {
    const colon = argument.indexOf(":");
    const name = (colon < 0 ? argument : argument.slice(0, colon)).trim();
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw unknownName("filter", name, Object.keys(fields));
    if (colon < 0) throw unfit(name, argument, `${name}:VALUE`);
    if (found.has(name)) throw unfit(name, argument, `${name} once, with + between values`);
    found.set(name, field(argument.slice(colon + 1).trim(), name));
  }
  return Object.fromEntries(found) as FilterOf<F>; // Each value comes from its own field's reader.
}

export const text: FilterField<string> = (value, name) => {
  const plain = /^"(.*)"$/u.exec(value)?.[1] ?? value;
  if (plain === "") throw unfit(name, value, "some text");
  return plain;
};

/** Values joined by `+`, which arrives as a space where an address is written by hand. */
export const list: FilterField<readonly string[]> = (value, name) => {
  const values = value.split(/[+ ]/u).filter((one) => one !== "");
  if (values.length === 0) throw unfit(name, value, "values joined by +");
  return values;
};

/** One or several of the given values, joined by `+`. */
export function anyOf<Value extends string>(
  ...allowed: readonly Value[]
): FilterField<readonly Value[]> {
  return (value, name) =>
    list(value, name).map((one) => {
      const known = allowed.find((candidate) => candidate === one);
      if (known === undefined) throw unfit(name, one, allowed.join(", "));
      return known;
    });
}

/** Exactly one of the given values. */
export function oneOf<Value extends string>(...allowed: readonly Value[]): FilterField<Value> {
  return (value, name) => {
    const known = allowed.find((candidate) => candidate === value);
    if (known === undefined) throw unfit(name, value, allowed.join(" or "));
    return known;
  };
}

/** A whole number from 0 on. */
export const count: FilterField<number> = (value, name) => {
  if (/^\d{1,9}$/u.test(value)) return Number(value);
  throw unfit(name, value, "a whole number");
};

const TimeRange = z
  .strictObject({ after: z.int().optional(), before: z.int().optional() })
  .refine(({ after, before }) => after !== undefined || before !== undefined);
export type TimeRange = z.infer<typeof TimeRange>;

/** Times in Unix milliseconds, the ends left out. */
export const timeRange: FilterField<TimeRange> = (value, name) => {
  const range = TimeRange.safeParse(jsonOf(value));
  if (range.success) return range.data;
  throw unfit(name, value, '{"after": MS, "before": MS}, or one of the two');
};

export function isInRange(time: number, { after, before }: TimeRange): boolean {
  return (after === undefined || time > after) && (before === undefined || time < before);
}

/** A field of the API that nothing is known about here, so that it is refused and not ignored. */
export function unavailable(why: string): FilterField<never> {
  return (_, name) => {
    throw new DomainError(
      "invalid_request",
      `filter: ${name} cannot be asked for here: ${why}; leave it out`,
    );
  };
}

function splitArguments(filter: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  let isQuoted = false;
  for (const [at, character] of filter.split("").entries()) {
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
    if (character !== "," || depth > 0) continue;
    found.push(filter.slice(start, at));
    start = at + 1;
  }
  return [...found, filter.slice(start)].filter((argument) => argument.trim() !== "");
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // The field's own reader says what it wants.
  }
}

function unfit(name: string, value: string, wanted: string): DomainError {
  return new DomainError(
    "invalid_request",
    `filter: ${name} does not read "${value}"; give ${wanted}`,
  );
}
