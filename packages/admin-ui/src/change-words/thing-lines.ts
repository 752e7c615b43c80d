/** Anything as `path: value` lines, for what nobody has sentences about. */
export function thingLines(thing: unknown, path = ""): readonly string[] {
  if (typeof thing === "object" && thing !== null && !isEmpty(thing)) {
    return Object.entries(thing).flatMap(([key, value]) =>
      thingLines(value, path === "" ? key : `${path}.${key}`),
    );
  }
  if (path === "") return [];
  return [`${path}: ${typeof thing === "string" ? thing : JSON.stringify(thing)}`];
}

function isEmpty(thing: object): boolean {
  return Object.keys(thing).length === 0;
}
