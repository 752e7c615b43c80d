import {
  type Context,
  type IndividualContext,
  type Json,
  type JsonObject,
  parseReference,
} from "@halyard/evaluation";

export interface Privacy {
  /** References of attributes that are private in every context. */
  readonly privateAttributes: readonly string[];
  readonly allAttributesPrivate: boolean;
}

type Members = Record<string, Json>;

const neverRedacted = new Set(["key", "kind", "anonymous"]);

/** A context as events carry it: without what is private, and with the names of what is missing. */
export function redactedContext(
  context: Pick<Context, "individuals">,
  privacy: Privacy,
  isAnonymousHidden: boolean,
): JsonObject {
  const redacted = context.individuals.map((individual): [string, JsonObject] => {
    const isAllPrivate =
      privacy.allAttributesPrivate || (isAnonymousHidden && individual.anonymous);
    const references = isAllPrivate
      ? Object.keys(individual.attributes).map(literalReference)
      : [...privacy.privateAttributes, ...individual.privateAttributes];
    return [individual.kind, redactedIndividual(individual, references)];
  });
  const [only] = redacted;
  if (redacted.length === 1 && only !== undefined) return { kind: only[0], ...only[1] };
  return { kind: "multi", ...Object.fromEntries(redacted) };
}

function redactedIndividual(
  { attributes }: IndividualContext,
  references: readonly string[],
): JsonObject {
  let members: JsonObject = attributes;
  const names = new Set<string>();
  for (const reference of references) {
    const { components, isValid } = parseReference(reference);
    if (!isValid || neverRedacted.has(components[0] ?? "")) continue;
    const rest = without(members, components);
    if (rest === undefined) continue;
    members = rest;
    names.add(reference);
  }
  return names.size === 0 ? members : { ...members, _meta: { redactedAttributes: [...names] } };
}

/** A copy without the value at the path, or undefined where there is none. */
function without(members: JsonObject, path: readonly string[]): JsonObject | undefined {
  const [name = "", ...rest] = path;
  if (!Object.hasOwn(members, name)) return undefined;
  const copy: Members = { ...members };
  if (rest.length === 0) {
    delete copy[name];
    return copy;
  }
  const inner = members[name];
  if (!isObject(inner)) return undefined;
  const innerRest = without(inner, rest);
  if (innerRest === undefined) return undefined;
  copy[name] = innerRest;
  return copy;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A name as a reference: only one that begins with a slash needs its marks escaped. */
function literalReference(name: string): string {
  return name.startsWith("/") ? `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}` : name;
}
