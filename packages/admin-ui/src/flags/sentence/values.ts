import type { Json } from "@halyard/evaluation";

/** The values of a condition are texts, numbers, or truths; few are of anything else. */
export type ValueType = "text" | "number" | "boolean";

/** Of which type most of the values are; where there is none yet, what is seen decides. */
export function typeOfValues(values: readonly Json[], samples: readonly Json[] = []): ValueType {
  const [first] = [...values, ...samples];
  if (typeof first === "number") return "number";
  if (typeof first === "boolean") return "boolean";
  return "text";
}

/** A value as it is shown; an empty text and what is no text as JSON. */
export function shownValue(value: Json): string {
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}

/** A number as it was typed, with a comma or a point. Undefined where it is none. */
export function parseNumber(typed: string): number | undefined {
  const text = typed.trim().replace(",", ".");
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? undefined : number;
}

const part = "(?:0|[1-9]\\d*)";
const version = new RegExp(
  `^${part}(?:\\.${part}){0,2}(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
  "u",
);

/** Whether SDKs read it as a version: minor and patch may be missing. */
export function isVersion(typed: string): boolean {
  return version.test(typed) && typed.length <= 256;
}

/** Unix milliseconds of a date in a condition: a number, or a text by RFC 3339. */
export function momentOf(value: Json | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
