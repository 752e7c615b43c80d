import { ScimError } from "./scim-error.ts";

/** A resource as SCIM shows it; what its members hold is only known by looking. */
export type ScimResource = Readonly<Record<string, unknown>>;
export type ScimPredicate = (resource: ScimResource) => boolean;

const comparison = /^([\w.:$-]+)\s+(eq|ne|co|sw|ew)\s+("(?:[^"\\]|\\.)*"|true|false|-?\d+)$/iu;
const presence = /^([\w.:$-]+)\s+pr$/iu;

/** Reads `userName eq "ada@example.com" and active eq true`; `or` binds weaker than `and`. */
export function parseScimFilter(filter: string): ScimPredicate {
  const alternatives = splitOutsideQuotes(filter, "or").map((part) => {
    const terms = splitOutsideQuotes(part, "and").map((term) => parseTerm(term.trim()));
    return (resource: ScimResource) => terms.every((fits) => fits(resource));
  });
  return (resource) => alternatives.some((fits) => fits(resource));
}

/** The values at an attribute's path; attributes are called alike in any case. */
function valuesAt(resource: unknown, path: string): readonly unknown[] {
  const [name = "", ...rest] = withoutSchema(path).split(".");
  const found = memberNamed(resource, name);
  const values: readonly unknown[] = Array.isArray(found) ? found : [found];
  if (rest.length > 0) return values.flatMap((value) => valuesAt(value, rest.join(".")));
  // A complex value stands for what it is called by.
  return values.map((value) => memberNamed(value, "value") ?? value);
}

export function withoutSchema(path: string): string {
  return path.replace(/^urn:[\w.:-]+:(?=[^:]+$)/iu, "");
}

export function memberNamed(resource: unknown, name: string): unknown {
  if (typeof resource !== "object" || resource === null) return undefined;
  const entries: readonly [string, unknown][] = Object.entries(resource);
  return entries.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function parseTerm(term: string): ScimPredicate {
  const present = presence.exec(term);
  if (present?.[1] !== undefined) {
    const path = present[1];
    return (resource) => valuesAt(resource, path).some((value) => value !== undefined);
  }
  const [, path, operator, json] = comparison.exec(term) ?? [];
  if (path === undefined || operator === undefined || json === undefined) {
    throw new ScimError(
      "invalidFilter",
      `the filter cannot be read at "${term}"; write ATTRIBUTE eq "VALUE", joined by and, or`,
    );
  }
  const wanted = plain(JSON.parse(json));
  return (resource) => {
    const values = valuesAt(resource, path).map(plain);
    return operator.toLowerCase() === "ne"
      ? values.every((value) => value !== wanted)
      : values.some((value) => compares(operator.toLowerCase(), value, wanted));
  };
}

function compares(operator: string, value: unknown, wanted: unknown): boolean {
  if (operator === "eq") return value === wanted;
  if (typeof value !== "string" || typeof wanted !== "string") return false;
  if (operator === "co") return value.includes(wanted);
  return operator === "sw" ? value.startsWith(wanted) : value.endsWith(wanted);
}

/** Texts are compared without their case, as SCIM does for all that it is asked for here. */
function plain(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function splitOutsideQuotes(text: string, word: string): readonly string[] {
  const parts = text.split(new RegExp(`\\s+${word}\\s+(?=(?:[^"]*"[^"]*")*[^"]*$)`, "iu"));
  return parts.filter((part) => part.trim() !== "");
}
