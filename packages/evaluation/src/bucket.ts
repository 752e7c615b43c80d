import { type AttributeReference, valueAt } from "./attribute-reference.ts";
import type { Context } from "./context.ts";
import { sha1 } from "./sha1.ts";

// The protocol divides by 0xFFFFFFFFFFFFFFF, which a double holds as 2 ** 60.
const hashRange = 2 ** 60;

export interface Bucket {
  /** A place in [0, 1); 0 where the context has nothing to be placed by. */
  readonly place: number;
  /** Whether the context is of the kind that is placed. */
  readonly hasKind: boolean;
}

/** Places a context by the value at a reference; only strings and integers place. */
export function bucketOf(
  context: Context,
  kind: string,
  bucketBy: AttributeReference,
  prefix: string,
): Bucket {
  const individual = context.individual(kind);
  if (individual === undefined) return { place: 0, hasKind: false };
  const value = valueAt(individual, bucketBy);
  const isPlacing = typeof value === "string" || Number.isInteger(value);
  return { place: isPlacing ? placeOf(`${prefix}.${value}`) : 0, hasKind: true };
}

/** Where a text falls in [0, 1): the first 15 hexadecimal digits of its SHA-1 as a fraction. */
export function placeOf(text: string): number {
  return Number.parseInt(sha1(text).slice(0, 15), 16) / hashRange;
}
