import type { Json } from "./described-flag.ts";

/** A value that is one piece; of `null` there is only one. */
type Scalar = string | number | boolean | null;

interface Member {
  readonly name: string;
  readonly shape: Shape;
  /** True where some of the objects do not have it. */
  readonly isOptional: boolean;
}

export type Part =
  | { readonly kind: "exactly"; readonly value: Scalar }
  | { readonly kind: "any"; readonly of: "string" | "number" | "boolean" }
  | { readonly kind: "list"; readonly items: Shape }
  | { readonly kind: "object"; readonly members: readonly Member[] };

/** What values have in common: each is one of the parts. Without parts nothing is known of them. */
export type Shape = readonly Part[];

/**
 * Strings and numbers are what a variation says exactly, so that a switch over them can be complete.
 * Inside of JSON they stand for others like them.
 */
export function shapeOfVariations(values: readonly Json[]): Shape {
  const isJson = values.some((value) => typeof value === "object" && value !== null);
  return shapeOf(values, !isJson);
}

function shapeOf(values: readonly Json[], isExact: boolean): Shape {
  const scalars = unique(values.filter(isScalar));
  const lists = values.filter((value) => Array.isArray(value));
  const objects = values.filter(isObject);
  return [
    ...scalarParts(scalars, isExact),
    ...(lists.length === 0 ? [] : [{ kind: "list", items: shapeOf(lists.flat(), false) } as const]),
    ...(objects.length === 0
      ? []
      : [{ kind: "object", members: membersOf(objects, isExact) } as const]),
  ];
}

function scalarParts(scalars: readonly Scalar[], isExact: boolean): Part[] {
  const has = (type: string) => scalars.some((value) => typeof value === type);
  const parts: Part[] = has("boolean") ? [{ kind: "any", of: "boolean" }] : [];
  for (const type of ["string", "number"] as const) {
    if (has(type) && !isExact) parts.push({ kind: "any", of: type });
  }
  const isNamed = (value: Scalar) =>
    value === null || (isExact && (typeof value === "string" || typeof value === "number"));
  return [
    ...parts,
    ...scalars.filter(isNamed).map((value) => ({ kind: "exactly", value }) as const),
  ];
}

function membersOf(
  objects: readonly Readonly<Record<string, Json>>[],
  isExact: boolean,
): readonly Member[] {
  const names = unique(objects.flatMap((object) => Object.keys(object))).sort();
  return names.map((name) => {
    const owners = objects.filter((object) => Object.hasOwn(object, name));
    const values = owners.map((object) => object[name] ?? null);
    return { name, shape: shapeOf(values, isExact), isOptional: owners.length < objects.length };
  });
}

function isScalar(value: Json): value is Scalar {
  return typeof value !== "object" || value === null;
}

function isObject(value: Json): value is Record<string, Json> {
  return !isScalar(value) && !Array.isArray(value);
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
