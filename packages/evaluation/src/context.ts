import type { Json, JsonObject } from "./model.ts";

/** What is wrong with something that should be a context, and what to do. */
export interface ContextError {
  readonly error: string;
}

export function isContextError(value: Context | ContextError): value is ContextError {
  return "error" in value;
}

// Each clause asks, and Object.hasOwn is one call more.
const isOwn = Object.prototype.hasOwnProperty;

/** A context of one kind. Reads what it was made of when it is asked, so that making it is cheap. */
export class IndividualContext {
  readonly kind: string;
  readonly key: string;
  readonly #members: JsonObject;

  /** Takes members as a context has them; a kind among them plays no part. */
  constructor(kind: string, members: JsonObject) {
    const { key } = members;
    this.kind = kind;
    this.key = typeof key === "string" ? key : String(key);
    this.#members = members;
  }

  /** All members as they were given, without the kind and what only says how to treat them. */
  get attributes(): JsonObject {
    const { kind: _, _meta: __, ...attributes } = this.#members;
    return attributes;
  }

  /** References of what never leaves this process. */
  get privateAttributes(): readonly string[] {
    const meta = this.#members["_meta"];
    if (!isObject(meta)) return [];
    const names = meta["privateAttributes"];
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  }

  /** A member by its name; `anonymous` reads false where it is absent. */
  get(name: string): Json | undefined {
    if (name === "key") return this.key;
    if (name === "kind") return this.kind;
    if (name === "anonymous") return this.anonymous;
    return this.member(name);
  }

  /** {@link get} for a name that is none of those that a context has by itself. */
  member(name: string): Json | undefined {
    return isOwn.call(this.#members, name) ? this.#members[name] : undefined;
  }

  get anonymous(): boolean {
    return this.#members["anonymous"] === true;
  }
}

const none: readonly IndividualContext[] = [];

/** Who or what a decision is made for: one kind, or several at once. */
export class Context {
  readonly #first: IndividualContext;
  readonly #others: readonly IndividualContext[];

  /** Nearly every context has just the first one. */
  constructor(first: IndividualContext, others: readonly IndividualContext[] = none) {
    this.#first = first;
    this.#others = others;
  }

  get individuals(): readonly IndividualContext[] {
    return [this.#first, ...this.#others];
  }

  /** The one where there is just one. */
  get only(): IndividualContext | undefined {
    return this.#others.length === 0 ? this.#first : undefined;
  }

  /** Names the context among all of its environment. */
  get canonicalKey(): string {
    return canonicalKeyOf(this.individuals);
  }

  get kinds(): readonly string[] {
    return this.individuals.map(({ kind }) => kind);
  }

  individual(kind: string): IndividualContext | undefined {
    if (this.#first.kind === kind) return this.#first;
    for (const individual of this.#others) if (individual.kind === kind) return individual;
    return undefined;
  }
}

function canonicalKeyOf(individuals: readonly IndividualContext[]): string {
  const [only] = individuals;
  if (individuals.length === 1 && only?.kind === "user") return only.key;
  return individuals
    .map(({ kind, key }) => `${kind}:${key.replaceAll("%", "%25").replaceAll(":", "%3A")}`)
    .sort()
    .join(":");
}

function isKind(kind: unknown): kind is string {
  // Nearly all are users, and a pattern costs more than the rest of a simple evaluation.
  if (kind === "user") return true;
  return typeof kind === "string" && kind !== "kind" && /^[A-Za-z0-9._-]+$/u.test(kind);
}

const examples = 'such as { kind: "user", key: "ada" }';

/** Reads a context of one kind, of several, or a user of the older shape without a kind. */
export function parseContext(input: unknown): Context | ContextError {
  if (!isObject(input)) return { error: `a context is an object ${examples}; got ${shown(input)}` };
  const kind = input["kind"];
  if (kind === undefined || kind === null) return parseLegacyUser(input);
  if (kind === "multi") return parseMulti(input);
  const individual = parseIndividual(kind, input, "context");
  return "error" in individual ? individual : new Context(individual);
}

function parseMulti(input: JsonObject): Context | ContextError {
  const individuals: IndividualContext[] = [];
  for (const [kind, member] of Object.entries(input)) {
    if (kind === "kind") continue;
    if (!isObject(member))
      return { error: `context.${kind} is an object with a key; got ${shown(member)}` };
    if (kind === "multi") return { error: 'a context of several kinds holds no further "multi"' };
    const individual = parseIndividual(kind, member, `context.${kind}`);
    if ("error" in individual) return individual;
    individuals.push(individual);
  }
  const [first, ...others] = individuals;
  if (first === undefined) return { error: "a context of several kinds needs at least one kind" };
  return new Context(first, others);
}

function parseIndividual(
  kind: unknown,
  input: JsonObject,
  at: string,
): IndividualContext | ContextError {
  if (!isKind(kind)) {
    return {
      error: `${at}.kind is letters, digits, ".", "_" and "-", and not "kind"; got ${shown(kind)}`,
    };
  }
  const problem = problemOf(input, at);
  if (problem !== undefined) return { error: problem };
  return new IndividualContext(kind, input);
}

function problemOf(input: JsonObject, at: string): string | undefined {
  const { key, name, anonymous } = input;
  if (typeof key !== "string" || key === "") {
    const hint = typeof key === "number" ? `. Did you mean key: "${key}"?` : "";
    return `${at}.key is a string that is not empty; got ${shown(key)}${hint}`;
  }
  if (isGiven(name) && typeof name !== "string")
    return `${at}.name is a string; got ${shown(name)}`;
  if (isGiven(anonymous) && typeof anonymous !== "boolean") {
    return `${at}.anonymous is true or false; got ${shown(anonymous)}`;
  }
  return undefined;
}

/** A context of one kind as an app writes it. */
export interface SimpleContext {
  readonly key: string;
}

/**
 * The kind, where the input is a {@link SimpleContext} that {@link parseContext} would take.
 * Undefined for everything else, right or wrong. Makes nothing.
 */
export function kindOfSimpleContext(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const { kind, key, name, anonymous } = input as Readonly<Record<string, unknown>>;
  if (!isKind(kind) || kind === "multi") return undefined;
  if (typeof key !== "string" || key === "") return undefined;
  if (isGiven(name) && typeof name !== "string") return undefined;
  if (isGiven(anonymous) && typeof anonymous !== "boolean") return undefined;
  return kind;
}

const builtInStrings = ["name", "firstName", "lastName", "email", "country", "avatar", "ip"];

function parseLegacyUser(user: JsonObject): Context | ContextError {
  const { key, custom, anonymous, privateAttributeNames } = user;
  if (!isGiven(key)) {
    return { error: `a context has a kind, or is a user with a key; got ${shown(user)}` };
  }
  const attributes: Record<string, Json> = {};
  if (isObject(custom)) {
    for (const [name, value] of Object.entries(custom)) {
      if (name !== "kind" && name !== "_meta") define(attributes, name, value);
    }
  }
  for (const name of builtInStrings) {
    const value = user[name];
    if (isGiven(value)) attributes[name] = value;
  }
  // Users of the older shape may have a key that is a number; the SDKs take it as text.
  attributes["key"] = String(key);
  // So do they with whatever stands for true or false, be it among the custom attributes.
  const saidAnonymous = anonymous ?? attributes["anonymous"];
  if (isGiven(saidAnonymous)) attributes["anonymous"] = Boolean(saidAnonymous);
  const names = Array.isArray(privateAttributeNames) ? privateAttributeNames : [];
  const escaped = names.filter((name) => typeof name === "string").map(literalReference);
  if (escaped.length > 0) attributes["_meta"] = { privateAttributes: escaped };
  return new Context(new IndividualContext("user", attributes));
}

/** A literal name as a reference: only one that begins with a slash needs its marks escaped. */
function literalReference(name: string): string {
  return name.startsWith("/") ? `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}` : name;
}

/** Sets a member even where it is named like a setter of objects, such as `__proto__`. */
function define(target: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "something that is not JSON";
  }
}
