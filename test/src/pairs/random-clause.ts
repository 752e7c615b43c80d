import type { Json } from "@halyard/evaluation";
import type { Random } from "./random.ts";
import { anyValue, attributes, type Family, families, kinds, valueIn } from "./values.ts";

/** How wild what comes out may be: "sound" is what a server accepts, "any" is all that can arrive. */
export type Wildness = "sound" | "any";

const operatorsOf: Readonly<Record<Family, readonly string[]>> = {
  text: ["in", "startsWith", "endsWith", "contains", "matches"],
  number: ["in", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"],
  date: ["before", "after"],
  version: ["semVerEqual", "semVerLessThan", "semVerGreaterThan"],
  other: ["in"],
};

/**
 * Patterns on whose meaning ECMAScript and RE2 agree. They differ where they meet halves of
 * surrogate pairs (`.`), and in `\s`, `(?i)`, look-around and references back, which are left out.
 */
const patterns = [
  "^ada@",
  "@(example|falsemail)\\.(com|test)$",
  "^$",
  "",
  "\\d{2}",
  "[^a-z]",
  "(?:con)structor",
  "a+?b*|Str",
  "^\\w+$",
  "\\bidea\\b",
  "^[\\w.]+@",
  "(?<name>l{2})",
  "\\x61",
  "d.a",
  "^[^@]+@[^@.]+\\.[a-z]{2,4}$",
];
const brokenPatterns = ["(", "[", "*a", "a**", "\\", "a{2,1}", "(?<n", ")"];

/**
 * References that are read as the same by all SDKs. The one for Node refuses `a//b` and `a~` though
 * they begin with no slash, takes `/a/`, and leaves `~1` at the begin of the only part as it is.
 */
const paths = [
  "/email",
  "/address/city",
  "/address/geo/zip",
  "/address/geo/deep/er",
  "/address/a~1b",
  "/address/x~0y",
  "/address/__proto__",
  "/address/constructor",
  "/address",
  "/a~1b",
  "/x~0y",
  "/groups/0",
  "/groups/length",
  "/email/length",
  "/constructor/name",
  "/__proto__",
  "/key",
  "/kind",
  "/anonymous",
  "/name",
  "/missing/too",
];
const brokenPaths = ["", "/", "//", "/a//b", "/x~2y", "/x~", "_meta", "/_meta/privateAttributes"];
const literals = ["/address/city", "/slash", "a/b", "x~y", "//", "/", "~", "~2", "_meta"];

/** The attribute that a clause of a family asks for, and how it is written. */
function attributeOf(random: Random, family: Family, isLiteral: boolean): string {
  if (random.chance(0.1)) return random.pick(["key", "kind", "anonymous", "missing"]);
  if (isLiteral && random.chance(0.3)) return random.pick(literals);
  if (!isLiteral && random.chance(0.3)) return random.pick(paths);
  return random.pick(attributes[family]);
}

/** A context kind; absent in data of old origin, whose attributes are names and no references. */
export function kindMember(random: Random, wildness: Wildness, name = "contextKind"): object {
  if (wildness === "any" && random.chance(0.25)) return random.chance(0.8) ? {} : { [name]: null };
  return { [name]: random.chance(0.6) ? "user" : random.pick([...kinds, "nobody"]) };
}

/** A clause that can be read: evaluating it never fails. */
export function randomClause(random: Random, wildness: Wildness): object {
  const kind = kindMember(random, wildness);
  const family = random.pick(Object.keys(families) as Family[]);
  const isLiteral = !("contextKind" in kind) || kind.contextKind === null;
  const op = operatorOf(random, family, wildness);
  return {
    ...kind,
    attribute: attributeOf(random, family, isLiteral),
    op,
    values: clauseValues(random, op, family, wildness),
    ...random.sometimes(0.6, { negate: random.chance(0.6) }),
  };
}

function operatorOf(random: Random, family: Family, wildness: Wildness): string {
  if (wildness === "any" && random.chance(0.03)) return random.pick(["", "IN", "near"]);
  const from = random.chance(0.9) ? family : random.pick(Object.keys(operatorsOf) as Family[]);
  return random.pick(operatorsOf[from]);
}

function clauseValues(random: Random, op: string, family: Family, wildness: Wildness): Json[] {
  if (wildness === "any" && random.chance(0.03)) return [];
  return random.several(random.chance(0.1) ? 12 : 5, () =>
    clauseValue(random, op, family, wildness),
  );
}

function clauseValue(random: Random, op: string, family: Family, wildness: Wildness): Json {
  const isWild = wildness === "any" && random.chance(0.1);
  if (op === "matches") return random.pick(isWild ? brokenPatterns : patterns);
  if (op === "in" && family === "text" && random.chance(0.3))
    return random.pick([...kinds, "key-1"]);
  return isWild ? anyValue(random) : valueIn(random, family);
}

/** One that asks for segments; without values it holds for nobody. */
export function segmentClause(random: Random, segmentKeys: readonly string[]): object {
  return {
    ...random.sometimes(0.5, { contextKind: "user", attribute: "", negate: random.chance(0.3) }),
    op: "segmentMatch",
    ...(random.chance(0.95)
      ? { values: random.several(3, () => random.pick([...segmentKeys, "no-such-segment"])) }
      : {}),
  };
}

/** One whose attribute cannot be read. */
export function brokenClause(random: Random): object {
  return {
    contextKind: random.pick(kinds),
    ...random.sometimes(0.9, { attribute: random.pick(brokenPaths) }),
    op: random.pick(["in", "contains", "near"]),
    values: ["x"],
    negate: random.chance(0.5),
  };
}

/** What contexts are bucketed by. */
export function bucketBy(random: Random, isLiteral: boolean, wildness: Wildness): string {
  if (wildness === "any" && random.chance(0.05)) {
    return isLiteral ? random.pick(literals) : random.pick(brokenPaths);
  }
  if (random.chance(0.4)) return "key";
  return attributeOf(random, random.pick(["text", "number", "other"]), isLiteral);
}
