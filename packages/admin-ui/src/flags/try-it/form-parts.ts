import type { Json, JsonObject } from "@halyard/evaluation";

/** An attribute as it is typed into a form. */
export interface FormRow {
  readonly name: string;
  readonly value: string;
}

/** One kind of a context, as a form has it. */
export interface FormPart {
  readonly kind: string;
  readonly key: string;
  readonly rows: readonly FormRow[];
}

/** What a form shows of a context: a part for each of its kinds. */
export function partsOf(context: JsonObject): readonly FormPart[] {
  const { kind, ...members } = context;
  if (kind !== "multi") return [partOf(typeof kind === "string" ? kind : "user", members)];
  return Object.entries(members).flatMap(([name, one]) =>
    isObject(one) ? [partOf(name, one)] : [],
  );
}

function partOf(kind: string, { key, ...attributes }: JsonObject): FormPart {
  const rows = Object.entries(attributes).map(([name, value]) => ({ name, value: textOf(value) }));
  return { kind, key: typeof key === "string" ? key : "", rows };
}

/** The context that a form says; rows without a name are not there yet. */
export function contextOf(parts: readonly FormPart[]): JsonObject {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return { kind: only.kind, ...membersOf(only) };
  return {
    kind: "multi",
    ...Object.fromEntries(parts.map((part) => [part.kind, membersOf(part)])),
  };
}

function membersOf({ key, rows }: FormPart): JsonObject {
  const named = rows.filter(({ name }) => name.trim() !== "");
  return {
    key,
    ...Object.fromEntries(named.map(({ name, value }) => [name.trim(), valueIn(value)])),
  };
}

/** A text stands for itself; where it would be read as something else it stands in quotes. */
function textOf(value: Json): string {
  return typeof value === "string" && jsonOf(value) === undefined ? value : JSON.stringify(value);
}

function valueIn(typed: string): Json {
  return jsonOf(typed.trim()) ?? typed;
}

function jsonOf(text: string): Json | undefined {
  try {
    const read = JSON.parse(text) as Json; // What JSON holds is what the type says.
    return read === null ? undefined : read;
  } catch {
    return undefined; // It is a text.
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
