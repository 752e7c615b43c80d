import type { Json } from "@halyard/evaluation";
import type { Random } from "./random.ts";
import { anyValue, attributes, type Family, families, keys, kinds, valueIn } from "./values.ts";

/**
 * A context of one kind, of several, of the older shape, or now and then none at all.
 *
 * LaunchDarkly's SDK for Node treats some in ways of its own, and these never come up:
 * - a name that is no text and an `anonymous` that is no boolean: it takes them, other SDKs do not;
 * - a kind "multi" inside of several kinds: it takes it, though the word is the mark of several;
 * - a kind `__proto__` or `constructor`: it reads members of the prototype of objects;
 * - `custom` that is no object, or holds `_meta`: it spreads whatever is there into the context;
 * - something that is no object, or private attributes that are no list: it throws.
 */
export function randomContext(random: Random): object {
  const shape = random.below(100);
  if (shape < 30) return { kind: "user", ...individual(random) };
  if (shape < 50) return { kind: random.pick(kinds), ...individual(random) };
  if (shape < 80) return multi(random);
  if (shape < 96) return legacyUser(random);
  return broken(random);
}

function individual(random: Random): object {
  return {
    key: keyOf(random),
    ...random.sometimes(0.15, { anonymous: random.chance(0.5) }),
    ...attributesOf(random),
  };
}

function keyOf(random: Random): string {
  return random.chance(0.5) ? random.pick(keys) : `random-${random.below(2 ** 32)}`;
}

function multi(random: Random): object {
  const context: Record<string, unknown> = { kind: "multi" };
  for (const kind of random.several(3, () => random.pick(kinds)))
    context[kind] = individual(random);
  return context;
}

function attributesOf(random: Random): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const family of Object.keys(attributes) as Family[]) {
    for (const name of attributes[family]) {
      if (random.chance(0.75)) setOwn(found, name, attributeValue(random, name, family));
    }
  }
  return found;
}

function attributeValue(random: Random, name: string, family: Family): Json {
  if (name === "name") return random.pick(families.text);
  if (name === "address") return address(random);
  if (name === "groups") return list(random);
  if (random.chance(0.1))
    return Array.from({ length: random.below(4) }, () => valueIn(random, family));
  return valueIn(random, family);
}

function list(random: Random): Json {
  return Array.from({ length: random.below(4) }, () => anyValue(random));
}

function address(random: Random): Json {
  const inner: Record<string, Json> = {
    city: valueIn(random, "text"),
    geo: { zip: random.pick(["24103", 24103, 18]), deep: { er: valueIn(random, "number") } },
    "a/b": valueIn(random, "text"),
    "x~y": valueIn(random, "text"),
    "": valueIn(random, "text"),
    list: list(random),
  };
  setOwn(inner, "__proto__", valueIn(random, "text"));
  return random.chance(0.9) ? inner : anyValue(random);
}

/** Also where it is named like a setter of objects, as JSON.parse does. */
function setOwn(target: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function legacyUser(random: Random): object {
  const key = random.chance(0.8) ? keyOf(random) : random.pick<unknown>([7, 1.5, "", true, 1e21]);
  const custom: Record<string, Json> = attributesOf(random);
  if (random.chance(0.1)) custom["anonymous"] = anyValue(random);
  if (random.chance(0.1)) custom["key"] = "another";
  if (random.chance(0.1)) custom["kind"] = "org";
  return {
    key,
    ...random.sometimes(0.5, { custom }),
    ...random.sometimes(0.2, {
      anonymous: random.pick<Json>([true, false, "yes", 0, ""]),
      privateAttributeNames: ["email", "/slash"],
    }),
    ...random.sometimes(0.3, {
      name: valueIn(random, "text"),
      email: valueIn(random, "text"),
      country: valueIn(random, "text"),
      ip: valueIn(random, "text"),
      firstName: valueIn(random, "number"),
      avatar: valueIn(random, "other"),
    }),
  };
}

function broken(random: Random): object {
  return random.pick<object>([
    {},
    [],
    { key: null },
    { kind: null },
    { kind: "user" },
    { kind: "user", key: "" },
    { kind: "user", key: 7 },
    { kind: "user", key: null },
    { kind: "", key: "x" },
    { kind: "kind", key: "x" },
    { kind: "a b", key: "x" },
    { kind: "ümlaut", key: "x" },
    { kind: 7, key: "x" },
    { kind: "multi" },
    { kind: "multi", user: null },
    { kind: "multi", user: "x" },
    { kind: "multi", user: [] },
    { kind: "multi", user: {} },
    { kind: "multi", user: { key: "" } },
    { kind: "multi", user: { key: "x" }, org: { key: 7 } },
    { kind: "multi", user: { key: "x" }, "no kind": { key: "x" } },
  ]);
}
