import fc from "fast-check";

/** Texts that have broken servers before: of paths, queries, stores and objects. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    ".",
    "..",
    "../../etc/passwd",
    "*",
    "-1",
    "0",
    "null",
    "undefined",
    "NaN",
    "true",
    "1e999",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "'; DROP TABLE flag; --",
    '" OR 1=1',
    "%s%n%d",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\u202etxt",
    "𝒻𝓁𝒶ℊ",
    "👩‍👩‍👧‍👦",
    "İ",
    "ß",
    "\r\nset-cookie: a=b",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "9".repeat(400),
    "a".repeat(2000),
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(..."{}[]()\":,.;*+-/\\|&?=%$#@!~'`<> ab0"), maxLength: 30 }),
);

const oddNumber = fc.constantFrom(
  0,
  -0,
  -1,
  0.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  Number.MIN_VALUE,
);

/** Anything that JSON can say. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { depthSize: "small" },
  fc.constantFrom<unknown>(null, true, false, [], {}),
  oddNumber,
  oddText,
  fc.jsonValue({ maxDepth: 3 }),
);

/** An object within an object, and so on. */
export function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}

/** A value with one thing wrong in it: of another type, missing, too much, or too large. */
export function broken(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const flaw = fc.oneof(
    fc.record({ kind: fc.constant("replace" as const), value: anyJson }),
    fc.record({ kind: fc.constant("remove" as const) }),
    fc.record({ kind: fc.constant("add" as const), name: oddText, value: anyJson }),
  );
  return fc
    .tuple(valid, fc.array(fc.tuple(fc.nat(), flaw), { minLength: 1, maxLength: 3 }))
    .map(([value, flaws]) =>
      flaws.reduce<unknown>((sum, [at, one]) => withFlaw(sum, at, one), value),
    );
}

type Flaw =
  | { readonly kind: "replace"; readonly value: unknown }
  | { readonly kind: "remove" }
  | { readonly kind: "add"; readonly name: string; readonly value: unknown };

/** `at` picks one of the places within a value, counted from the outermost. */
function withFlaw(value: unknown, at: number, flaw: Flaw): unknown {
  const places = placesOf(value);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return flaw.kind === "replace" ? flaw.value : value;
  const [name, ...rest] = place;
  if (name === undefined) return flawed(value, flaw);
  return within(value, [name, ...rest], flaw);
}

function within(value: unknown, [name, ...rest]: readonly string[], flaw: Flaw): unknown {
  if (typeof value !== "object" || value === null || name === undefined) return flawed(value, flaw);
  const entries = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    if (key !== name) return [[key, one]];
    if (rest.length > 0) return [[key, within(one, rest, flaw)]];
    return flaw.kind === "remove" ? [] : [[key, flawed(one, flaw)]];
  });
  return Array.isArray(value)
    ? entries.map(([, one]) => one)
    : entries.reduce<object>((sum, [key, one]) => defined(sum, key, one), {});
}

function flawed(value: unknown, flaw: Flaw): unknown {
  if (flaw.kind === "remove") return {};
  if (flaw.kind === "replace") return flaw.value;
  if (Array.isArray(value)) return [...value, flaw.value];
  if (typeof value !== "object" || value === null) return flaw.value;
  return defined({ ...value }, flaw.name, flaw.value);
}

/** A member of whatever name, `__proto__` too. */
function defined(object: object, name: string, value: unknown): object {
  return Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function placesOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([name, one]) => placesOf(one).map((rest) => [name, ...rest])),
  ];
}
