import type { Json, JsonObject } from "@halyard/evaluation";
import { type Identity, isObject, joined } from "./identity.ts";
import type { Settings } from "./options.ts";

/** A context as events carry it: without what is private, and with the names of what is missing. */
export function redacted(
  { context, individuals }: Identity,
  privacy: Settings,
  isAnonymousHidden: boolean,
): JsonObject {
  return joined(
    context["kind"],
    individuals.map(([kind, members]) => [
      kind,
      redactedIndividual(members, privacy, isAnonymousHidden),
    ]),
  );
}

function redactedIndividual(
  { _meta, ...attributes }: JsonObject,
  { privateAttributes, allAttributesPrivate }: Settings,
  isAnonymousHidden: boolean,
): JsonObject {
  const own = isObject(_meta) && Array.isArray(_meta["privateAttributes"]) ? _meta : undefined;
  const isAll = allAttributesPrivate || (isAnonymousHidden && attributes["anonymous"] === true);
  const references = isAll
    ? Object.keys(attributes).map(literalReference)
    : [...privateAttributes, ...((own?.["privateAttributes"] ?? []) as readonly Json[])];
  let members: JsonObject = attributes;
  const names = new Set<string>();
  for (const reference of references) {
    const path = pathOf(reference);
    if (path === undefined || /^(key|kind|anonymous)$/.test(path[0] ?? "")) continue;
    const rest = without(members, path);
    if (rest === undefined) continue;
    members = rest;
    names.add(String(reference));
  }
  return names.size === 0 ? members : { ...members, _meta: { redactedAttributes: [...names] } };
}

/** Undefined where the reference names nothing: `""`, `"/"`, `"/a//b"`, or an unknown escape. */
function pathOf(reference: unknown): readonly string[] | undefined {
  if (typeof reference !== "string" || reference === "") return undefined;
  if (!reference.startsWith("/")) return [reference];
  if (/^\/$|\/\/|\/$|~(?![01])/.test(reference)) return undefined;
  const parts = reference.slice(1).split("/");
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A copy without the value at the path, or undefined where there is none. */
function without(members: JsonObject, path: readonly string[]): JsonObject | undefined {
  const [name = "", ...deeper] = path;
  if (!Object.hasOwn(members, name)) return undefined;
  const { [name]: inner, ...others } = members;
  if (deeper.length === 0) return others;
  const rest = isObject(inner) ? without(inner, deeper) : undefined;
  return rest && { ...members, [name]: rest };
}

/** A name as a reference: only one that begins with a slash needs its marks escaped. */
function literalReference(name: string): string {
  return name.startsWith("/") ? `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}` : name;
}
