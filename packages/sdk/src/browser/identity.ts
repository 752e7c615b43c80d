import type { Json, JsonObject } from "@halyard/evaluation";

/** A context that flags can be asked for. */
export interface Identity {
  readonly context: JsonObject;
  readonly individuals: readonly (readonly [kind: string, members: JsonObject])[];
  /** The context in base64url, as addresses carry it. */
  readonly encoded: string;
}

/** Reads what the app gave as a context, or says what is wrong with it. */
export function identityFrom(
  input: unknown,
  anonymousKey: (kind: string) => string,
): Identity | string {
  try {
    const given: unknown = JSON.parse(JSON.stringify(input));
    if (!isObject(given)) return "the context is no object";
    const { kind, ...members } = given;
    const parts = kind === "multi" ? Object.entries(members) : [[kind, members] as const];
    const individuals = parts.map(([name, part]) => individualFrom(name, part, anonymousKey));
    const context = joined(kind, individuals);
    return { context, individuals, encoded: encoded(JSON.stringify(context)) };
  } catch (cause) {
    return String(cause);
  }
}

function individualFrom(
  kind: unknown,
  part: unknown,
  anonymousKey: (kind: string) => string,
): readonly [string, JsonObject] {
  if (typeof kind !== "string" || !/^(?!kind$)[\w.-]+$/.test(kind)) {
    throw new TypeError(`context.kind is ${JSON.stringify(kind)}; give a name such as "user"`);
  }
  const members = isObject(part) ? part : {};
  const { key } = members;
  if (key === undefined && members["anonymous"] === true) {
    return [kind, { ...members, key: anonymousKey(kind) }];
  }
  if (typeof key !== "string" || key === "") {
    throw new TypeError(`the key of the ${kind} is ${JSON.stringify(key)}; give it as text`);
  }
  return [kind, members];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Individuals = Identity["individuals"];

/** One context of what may be several. */
export function joined(kind: Json | undefined, individuals: Individuals): JsonObject {
  const [[only, members] = ["user", {}]] = individuals;
  return kind === "multi"
    ? { kind, ...Object.fromEntries(individuals) }
    : { kind: only, ...members };
}

function encoded(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(
    /[+/=]/g,
    (mark) => ({ "+": "-", "/": "_" })[mark] ?? "",
  );
}
