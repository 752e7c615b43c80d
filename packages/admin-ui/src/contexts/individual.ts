import type { Json } from "@halyard/evaluation";
import type { ContextObject } from "./context-representation.ts";

/** One kind's part of a context, as people look at it. */
export interface Individual {
  readonly kind: string;
  readonly key: string;
  /** Empty where it has none. */
  readonly name: string;
  /** Without kind, key and what is said about the context itself. */
  readonly attributes: readonly (readonly [name: string, value: Json])[];
  /** What the SDK kept to itself. */
  readonly privateNames: readonly string[];
}

/** The individuals of a context, whichever shape it has. */
export function individualsOf(context: ContextObject): readonly Individual[] {
  if (context["kind"] !== "multi")
    return [individualOf(String(context["kind"] ?? "user"), context)];
  return Object.entries(context)
    .filter((entry): entry is [string, ContextObject] => isObject(entry[1]))
    .map(([kind, member]) => individualOf(kind, member));
}

const own = ["kind", "key", "_meta"];

function individualOf(kind: string, member: ContextObject): Individual {
  const meta = member["_meta"];
  const redacted = isObject(meta) ? meta["redactedAttributes"] : undefined;
  return {
    kind,
    key: String(member["key"] ?? ""),
    name: typeof member["name"] === "string" ? member["name"] : "",
    attributes: Object.entries(member).filter(([name]) => !own.includes(name)),
    privateNames: Array.isArray(redacted) ? redacted.map(String) : [],
  };
}

function isObject(value: Json | undefined): value is ContextObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as it is read: texts bare, everything else as JSON. */
export function shownJson(value: Json): string {
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}
