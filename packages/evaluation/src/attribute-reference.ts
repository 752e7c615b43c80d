import type { IndividualContext } from "./context.ts";
import type { Json } from "./model.ts";

/** The way to a value in a context: one component per step; no components where it is invalid. */
export interface AttributeReference {
  readonly components: readonly string[];
  readonly isValid: boolean;
}

const invalid: AttributeReference = { components: [], isValid: false };

/**
 * Reads a reference such as `country` or `/address/city`. In a component `~1` stands for `/`, and
 * `~0` for `~`. A literal name, as data of old origin has it, is one component whatever it holds.
 */
export function parseReference(text: unknown, isLiteral = false): AttributeReference {
  if (typeof text !== "string" || text === "") return invalid;
  if (isLiteral) return { components: [text], isValid: true };
  if (!text.startsWith("/"))
    return text === "_meta" ? invalid : { components: [text], isValid: true };
  const components: string[] = [];
  for (const part of text.slice(1).split("/")) {
    if (part === "" || /~(?![01])/u.test(part)) return invalid;
    components.push(part.replaceAll("~1", "/").replaceAll("~0", "~"));
  }
  return components[0] === "_meta" ? invalid : { components, isValid: true };
}

const ownOfContexts = new Set(["key", "kind", "anonymous"]);

/** The name of the member, where the value at the reference is just a member as it was given. */
export function memberNameOf({ components }: AttributeReference): string | undefined {
  const [name] = components;
  return components.length === 1 && name !== undefined && !ownOfContexts.has(name)
    ? name
    : undefined;
}

/** The value at the reference, or undefined. Steps go through objects' own members only. */
export function valueAt(
  context: IndividualContext,
  { components }: AttributeReference,
): Json | undefined {
  let value = context.get(components[0] ?? "");
  for (let index = 1; index < components.length; index += 1) {
    const step = components[index] ?? "";
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string, Json>>)[step];
  }
  return value;
}
