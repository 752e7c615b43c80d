import type { Json, JsonObject } from "@halyard/evaluation";
import { type EvaluationContext, InvalidContextError } from "@openfeature/core";

/** OpenFeature's context as one of ours. */
export interface ReadContext {
  readonly context: JsonObject;
  /** Whether a kind came without a key; it is an anonymous visitor then. */
  readonly isKeyless: boolean;
}

/** Members by name, of what may be anything. */
type Members = Readonly<Record<string, unknown>>;

/**
 * Reads one kind (`user` unless `kind` says otherwise), or with `kind: "multi"` several, each an
 * object under its name. `targetingKey` is the key, or else `key`. Throws where it is no context.
 */
export function readContext(
  given: EvaluationContext,
  keyOfKeyless: string | undefined,
): ReadContext {
  try {
    const { kind, ...members }: Members = given;
    return kind === "multi"
      ? readKinds(members, keyOfKeyless)
      : readKind(kind ?? "user", members, keyOfKeyless);
  } catch (cause) {
    if (cause instanceof InvalidContextError) throw cause;
    // A date that is none, or an object that holds itself.
    throw new InvalidContextError(`the context is not JSON: ${String(cause)}`, { cause });
  }
}

/** What is not an object cannot be a kind: it came from a context that was merged with this one. */
function readKinds(members: Members, keyOfKeyless: string | undefined): ReadContext {
  const kinds = Object.entries(members)
    .filter((entry): entry is [string, Members] => isMembers(entry[1]))
    .map(([kind, part]) => [kind, readKind(kind, part, keyOfKeyless)] as const);
  if (kinds.length === 0) {
    throw new InvalidContextError(
      'a context with kind "multi" holds an object for each kind, such as user: { targetingKey: "ada" }',
    );
  }
  const contexts = kinds.map(
    ([
      kind,
      {
        context: { kind: _, ...part },
      },
    ]): [string, Json] => [kind, part],
  );
  return {
    context: { kind: "multi", ...Object.fromEntries(contexts) },
    isKeyless: kinds.some(([, { isKeyless }]) => isKeyless),
  };
}

function readKind(kind: unknown, members: Members, keyOfKeyless: string | undefined): ReadContext {
  if (typeof kind !== "string" || !/^(?!kind$)[\w.-]+$/u.test(kind)) {
    throw new InvalidContextError(`kind is ${shown(kind)}; give a name such as "user"`);
  }
  const { targetingKey, key: otherKey, privateAttributes, ...attributes } = members;
  const key = targetingKey ?? otherKey ?? "";
  if (typeof key !== "string") {
    throw new InvalidContextError(`the key of the ${kind} is ${shown(key)}; give it as text`);
  }
  checkType(kind, "name", "string", attributes);
  checkType(kind, "anonymous", "boolean", attributes);
  const isKeyless = key === "";
  const visitor = keyOfKeyless === undefined ? {} : { key: keyOfKeyless };
  return {
    isKeyless,
    context: {
      ...jsonOfMembers(attributes),
      ...(isKeyless ? { anonymous: true, ...visitor } : { key }),
      ...(isGiven(privateAttributes) ? { _meta: metaOf(kind, privateAttributes) } : {}),
      kind,
    },
  };
}

function checkType(kind: string, name: string, type: string, attributes: Members): void {
  const value = attributes[name];
  if (!isGiven(value) || typeof value === type) return;
  throw new InvalidContextError(`${name} of the ${kind} is ${shown(value)}; give a ${type}`);
}

function metaOf(kind: string, privateAttributes: unknown): JsonObject {
  const isList = Array.isArray(privateAttributes);
  if (!isList || privateAttributes.some((one) => typeof one !== "string")) {
    throw new InvalidContextError(`privateAttributes of the ${kind} is a list of names`);
  }
  return { privateAttributes };
}

/** What was told along with an event; undefined where that is nothing. */
export function dataOf(members: Members): JsonObject | undefined {
  return Object.keys(members).length === 0 ? undefined : jsonOfMembers(members);
}

/** Dates as ISO 8601, which rules about dates read; members that are undefined are left out. */
function jsonOfMembers(members: Members): JsonObject {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, jsonOf(value)]));
}

function jsonOf(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((one) => jsonOf(one ?? null));
  if (isMembers(value)) return jsonOfMembers(value);
  if (value === null || typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return value;
  throw new TypeError(`there is a ${typeof value} in it`);
}

function isMembers(value: unknown): value is Members {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function shown(value: unknown): string {
  return typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`;
}
