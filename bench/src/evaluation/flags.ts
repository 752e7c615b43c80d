// The flags that are measured, once, in the words of server-side SDKs; each contender gets them in
// its own words.
export const countries = ["DE", "FR"];
export const leastVersion = "2.1.0";
export const weights = { a: 10, b: 20, c: 70 };
export const targetKeys = Array.from({ length: 10_000 }, (_, index) => `user-${index}`);
export const prerequisiteKeys = ["first", "second", "third"];
export const manyKeys = Array.from({ length: 1_000 }, (_, index) => `many-${index}`);

/** Who is asked for; attributes that the two-clause rule matches. */
export const member = { key: "user-9999", country: "DE", appVersion: "2.10.3" };
/** Contexts of the rollout, which vary from call to call. */
export const crowdKeys = Array.from({ length: 1_000 }, (_, index) => `crowd-${index * 7919}`);

const flag = (key: string, rest: object = {}) => ({
  key,
  version: 1,
  on: true,
  variations: [false, true],
  offVariation: 0,
  fallthrough: { variation: 1 },
  prerequisites: [],
  targets: [],
  contextTargets: [],
  rules: [],
  salt: "salt",
  trackEvents: false,
  ...rest,
});

const clauses = [
  { contextKind: "user", attribute: "country", op: "in", values: countries },
  { contextKind: "user", attribute: "appVersion", op: "semVerGreaterThan", values: [leastVersion] },
];

const withClauses = (key: string) =>
  flag(key, {
    fallthrough: { variation: 0 },
    rules: [{ id: "rule", clauses, variation: 1, trackEvents: false }],
  });

const rollout = {
  contextKind: "user",
  variations: Object.values(weights).map((percent, variation) => ({
    variation,
    weight: percent * 1_000,
  })),
};

const named = (flags: readonly { key: string }[]) =>
  Object.fromEntries(flags.map((one) => [one.key, one]));

export const fewFlags = named([
  flag("simple"),
  withClauses("clauses"),
  flag("rollout", { variations: Object.keys(weights), fallthrough: { rollout } }),
  flag("targets", {
    fallthrough: { variation: 0 },
    targets: [{ variation: 1, values: targetKeys }],
  }),
  ...prerequisiteKeys.map((key) => flag(key)),
  flag("prerequisites", {
    prerequisites: prerequisiteKeys.map((key) => ({ key, variation: 1 })),
  }),
]);

/** Every second one has the two-clause rule. */
export const manyFlags = named(
  manyKeys.map((key, index) => (index % 2 === 0 ? flag(key) : withClauses(key))),
);
