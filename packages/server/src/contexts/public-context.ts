import {
  type Context,
  type IndividualContext,
  isContextError,
  type Json,
  parseContext,
  parseReference,
} from "@halyard/evaluation";

/** A context of one kind without what is private: its own attributes, beside kind and key. */
export interface PublicContext {
  readonly kind: string;
  readonly key: string;
  readonly attributes: Readonly<Record<string, Json>>;
  /** References of what was left out. */
  readonly redacted: readonly string[];
}

/** What may be kept of a context; undefined where it is none, for nobody knows what is private then. */
export function publicContexts(input: unknown): readonly PublicContext[] | undefined {
  const context = parseContext(input);
  return isContextError(context) ? undefined : individualsOf(context).map(withoutPrivate);
}

/** Contexts of several kinds as SDKs write them. */
export function contextOf(contexts: readonly PublicContext[]): object {
  const [only] = contexts;
  if (contexts.length === 1 && only !== undefined) {
    return { kind: only.kind, key: only.key, ...only.attributes, ...metaOf(only) };
  }
  const members = contexts.map((one) => [
    one.kind,
    { key: one.key, ...one.attributes, ...metaOf(one) },
  ]);
  return { kind: "multi", ...Object.fromEntries(members) };
}

function metaOf({ redacted }: PublicContext): object {
  return redacted.length === 0 ? {} : { _meta: { redactedAttributes: redacted } };
}

function individualsOf({ individuals }: Context): readonly IndividualContext[] {
  return individuals;
}

function withoutPrivate(individual: IndividualContext): PublicContext {
  const { key: _, ...attributes } = individual.attributes;
  const hidden = individual.privateAttributes;
  const shown = hidden.reduce<object>(
    (left, reference) => without(left, parseReference(reference).components),
    attributes,
  );
  return {
    kind: individual.kind,
    key: individual.key,
    attributes: shown as Readonly<Record<string, Json>>, // A part of what was JSON is JSON.
    redacted: [...new Set([...hidden, ...redactedIn(individual)])],
  };
}

/** What the SDK itself has left out. */
function redactedIn(individual: IndividualContext): readonly string[] {
  const meta: unknown = individual.member("_meta");
  if (!isObject(meta)) return [];
  const names: unknown = Reflect.get(meta, "redactedAttributes");
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

function without(value: object, [name = "", ...rest]: readonly string[]): object {
  if (!Object.hasOwn(value, name)) return value;
  const entries = Object.entries(value);
  if (rest.length === 0) return Object.fromEntries(entries.filter(([one]) => one !== name));
  return Object.fromEntries(
    entries.map(([one, inner]) => [
      one,
      one === name && isObject(inner) ? without(inner, rest) : inner,
    ]),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
