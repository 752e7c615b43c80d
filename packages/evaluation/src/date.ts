const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/u;

/** Unix milliseconds of a number, or of a text by RFC 3339; undefined where it is no date. */
export function parseDate(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !rfc3339.test(value)) return undefined;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
