import { isDeepStrictEqual } from "node:util";
import {
  type IndividualContext,
  isContextError,
  type Json,
  type JsonObject,
  parseContext,
  parseReference,
} from "@halyard/evaluation";

/**
 * A context in its one written form: a user of the older shape becomes kind user, one kind in a
 * "multi" stands alone, and members that say nothing are gone. Throws a TypeError that says what
 * is wrong. Evaluating takes contexts as they are; this is for apps that keep or compare them.
 */
export function normalizedContext(input: unknown): JsonObject {
  const problem = problemOf(input);
  if (problem !== undefined) throw new TypeError(problem);
  const context = parseContext(input);
  if (isContextError(context)) throw new TypeError(context.error);
  const [only] = context.individuals;
  if (context.individuals.length === 1 && only !== undefined) {
    return { kind: only.kind, ...membersOf(only) };
  }
  const kinds = context.individuals.map((individual) => [individual.kind, membersOf(individual)]);
  return { kind: "multi", ...Object.fromEntries(kinds) };
}

/** Whether two contexts are the same one, however they are written. Throws as {@link normalizedContext}. */
export function isSameContext(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(
    comparable(normalizedContext(one)),
    comparable(normalizedContext(other)),
  );
}

function membersOf({ attributes, privateAttributes }: IndividualContext): JsonObject {
  const given = Object.entries(attributes).filter(
    ([name, value]) => value !== null && !(name === "anonymous" && value === false),
  );
  const meta = privateAttributes.length === 0 ? {} : { _meta: { privateAttributes } };
  return { ...Object.fromEntries(given), ...meta };
}

/** References in one spelling and order. */
function comparable(context: JsonObject): JsonObject {
  const members = Object.entries(context).map(([name, value]): [string, Json] => {
    if (name === "_meta") return [name, spelled(value)];
    return [name, context["kind"] === "multi" && isObject(value) ? comparable(value) : value];
  });
  return Object.fromEntries(members);
}

function spelled(meta: Json): Json {
  const references = isObject(meta) ? meta["privateAttributes"] : [];
  if (!Array.isArray(references)) return [];
  return references.map((one) => JSON.stringify(parseReference(one).components)).sort();
}

/** What evaluating lets pass and no form has a place for. */
function problemOf(input: unknown): string | undefined {
  if (!isObject(input)) return "a context is an object";
  const { kind } = input;
  if (kind === undefined) return problemOfUser(input);
  if (typeof kind !== "string") return "context.kind is a string";
  if (kind !== "multi") return problemOfMeta(input["_meta"], "context");
  for (const [name, member] of Object.entries(input)) {
    const problem = isObject(member)
      ? problemOfMeta(member["_meta"], `context.${name}`)
      : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOfMeta(meta: Json | undefined, at: string): string | undefined {
  if (meta === undefined || meta === null) return undefined;
  if (!isObject(meta)) return `${at}._meta is an object`;
  return problemOfNames(meta["privateAttributes"], `${at}._meta.privateAttributes`);
}

const textMembers = ["name", "firstName", "lastName", "email", "country", "avatar", "ip"];

function problemOfUser(user: JsonObject): string | undefined {
  const { key, anonymous, custom } = user;
  if (typeof key !== "string") return "user.key is a string";
  if (typeof (anonymous ?? false) !== "boolean") return "user.anonymous is true or false";
  if (!isObject(custom ?? {})) return "user.custom is an object";
  const wrong = textMembers.find((name) => typeof (user[name] ?? "") !== "string");
  if (wrong !== undefined) return `user.${wrong} is a string`;
  return problemOfNames(user["privateAttributeNames"], "user.privateAttributeNames");
}

function problemOfNames(names: Json | undefined, at: string): string | undefined {
  const list: unknown = names ?? [];
  const isRight = Array.isArray(list) && list.every((name) => typeof name === "string");
  return isRight ? undefined : `${at} is a list of strings`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
