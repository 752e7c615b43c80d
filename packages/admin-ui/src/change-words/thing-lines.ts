import { formatMoment } from "../text/format.ts";

/** Anything as `path: value` lines, for what nobody has sentences about. */
export function thingLines(thing: unknown, path = ""): readonly string[] {
  if (typeof thing === "object" && thing !== null && !isEmpty(thing)) {
    return Object.entries(thing).flatMap(([key, value]) =>
      thingLines(value, path === "" ? key : `${path}.${key}`),
    );
  }
  if (path === "") return [];
  return [`${path}: ${inWords(thing, path)}`];
}

/** Dates are numbers to the server alone. */
function inWords(value: unknown, path: string): string {
  if (typeof value === "number" && /(?:At|Date)$/u.test(path)) return formatMoment(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isEmpty(thing: object): boolean {
  return Object.keys(thing).length === 0;
}
