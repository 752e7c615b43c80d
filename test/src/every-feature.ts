/**
 * Flags and segments, in the shape of a REST export, that together use every feature of the model:
 * each operator, negation, targets of two kinds, nested and weighted segments, prerequisites,
 * rollouts by key, attribute and seed, and an experiment.
 */
export function everyFeature(environment: string): { flags: object[]; segments: object[] } {
  return { flags: flags(environment), segments: segments() };
}

interface Clause {
  attribute: string;
  op: string;
  values: unknown[];
  negate?: boolean;
  contextKind?: string;
}

const operators: Record<string, Clause[]> = {
  in: [
    { attribute: "country", op: "in", values: ["DE", "FR"] },
    { attribute: "groups", op: "in", values: ["a", 3] },
    { attribute: "age", op: "in", values: [18, 33.5] },
    { attribute: "/address/geo/zip", op: "in", values: [24103] },
    { attribute: "anonymous", op: "in", values: [false] },
    { attribute: "kind", op: "in", values: ["org"] },
    { attribute: "plan", op: "in", values: ["pro"], contextKind: "org" },
  ],
  text: [
    { attribute: "email", op: "startsWith", values: ["ada"] },
    { attribute: "email", op: "endsWith", values: [".org"] },
    { attribute: "email", op: "contains", values: ["falsemail"] },
    { attribute: "email", op: "matches", values: ["^[a-g]\\w+@example\\.(com|org)$"] },
  ],
  number: [
    { attribute: "age", op: "lessThan", values: [18] },
    { attribute: "age", op: "lessThanOrEqual", values: [18] },
    { attribute: "age", op: "greaterThan", values: [18] },
    { attribute: "age", op: "greaterThanOrEqual", values: [33.5] },
    { attribute: "size", op: "greaterThan", values: [10], contextKind: "org" },
  ],
  date: [
    { attribute: "signedUp", op: "before", values: ["2025-01-01T00:00:00Z"] },
    { attribute: "signedUp", op: "after", values: [1_710_000_000_000] },
  ],
  version: [
    { attribute: "appVersion", op: "semVerEqual", values: ["2.0.0", "1.0.0"] },
    { attribute: "appVersion", op: "semVerLessThan", values: ["2.3.1"] },
    { attribute: "appVersion", op: "semVerGreaterThan", values: ["2.3.1-beta.1"] },
  ],
  segment: [
    { attribute: "", op: "segmentMatch", values: ["listed"] },
    { attribute: "", op: "segmentMatch", values: ["nested", "missing"] },
    { attribute: "", op: "segmentMatch", values: ["weighted"] },
    { attribute: "", op: "segmentMatch", values: ["organizations"] },
  ],
};

function flags(environment: string): object[] {
  const byOperator = Object.entries(operators).flatMap(([name, clauses]) =>
    clauses.flatMap((clause, index) => [
      ruleFlag(environment, `${name}-${index}`, [clause]),
      ruleFlag(environment, `not-${name}-${index}`, [{ ...clause, negate: true }]),
    ]),
  );
  const ands = ruleFlag(environment, "and", [
    { attribute: "country", op: "in", values: ["DE", "US", "BR"] },
    { attribute: "plan", op: "in", values: ["free"], negate: true },
  ]);
  return [...byOperator, ands, ...serving(environment), ...depending(environment)];
}

function ruleFlag(environment: string, key: string, clauses: Clause[]): object {
  const rule = { _id: `rule-${key}`, variation: 1, trackEvents: false, clauses: clauses.map(full) };
  return flag(environment, key, { rules: [rule] });
}

function full(clause: Clause, index: number): object {
  return { _id: `clause-${index}`, negate: false, contextKind: "user", ...clause };
}

function serving(environment: string): object[] {
  const thirds = [
    { variation: 0, weight: 33_333 },
    { variation: 1, weight: 33_333 },
    { variation: 2, weight: 33_334 },
  ];
  const rollout = (key: string, rest: object) =>
    flag(environment, key, { fallthrough: { rollout: { variations: thirds, ...rest } } });
  return [
    flag(environment, "off", { on: false }),
    flag(environment, "off-without-variation", { on: false, offVariation: undefined }),
    flag(environment, "targets", {
      targets: [
        { variation: 1, values: ["user-101", "user-102"], contextKind: "user" },
        { variation: 2, values: ["user-103"], contextKind: "user" },
      ],
      contextTargets: [
        { variation: 2, values: ["org-3"], contextKind: "org" },
        { variation: 1, values: [], contextKind: "user" },
        { variation: 2, values: [], contextKind: "user" },
      ],
    }),
    rollout("rollout-by-key", { contextKind: "user" }),
    rollout("rollout-by-organization", { contextKind: "org" }),
    rollout("rollout-by-attribute", { contextKind: "user", bucketBy: "bucket" }),
    rollout("rollout-by-path", { contextKind: "user", bucketBy: "/address/city" }),
    rollout("rollout-with-seed", { contextKind: "user", seed: 61 }),
  ];
}

function depending(environment: string): object[] {
  return [
    flag(environment, "needs-on", { prerequisites: [{ key: "in-0", variation: 1 }] }),
    flag(environment, "needs-off", { prerequisites: [{ key: "off", variation: 2 }] }),
    flag(environment, "needs-chain", {
      prerequisites: [
        { key: "needs-on", variation: 0 },
        { key: "text-0", variation: 0 },
      ],
    }),
  ];
}

function flag(environment: string, key: string, configuration: object): object {
  return {
    key,
    name: key,
    kind: "multivariate",
    description: "",
    tags: [],
    temporary: true,
    archived: false,
    variations: [
      { _id: `${key}-a`, value: "a" },
      { _id: `${key}-b`, value: "b" },
      { _id: `${key}-c`, value: { c: [1, null] } },
    ],
    defaults: { onVariation: 0, offVariation: 2 },
    clientSideAvailability: { usingEnvironmentId: true, usingMobileKey: true },
    environments: {
      [environment]: {
        on: true,
        archived: false,
        salt: `salt-of-${key}`,
        targets: [],
        contextTargets: [],
        rules: [],
        prerequisites: [],
        fallthrough: { variation: 0 },
        offVariation: 2,
        trackEvents: false,
        trackEventsFallthrough: false,
        ...configuration,
      },
    },
  };
}

function segments(): object[] {
  const segment = (key: string, rest: object) => ({
    key,
    name: key,
    tags: [],
    included: [],
    excluded: [],
    includedContexts: [],
    excludedContexts: [],
    rules: [],
    salt: `salt-of-${key}`,
    ...rest,
  });
  const nested = [{ attribute: "", op: "segmentMatch", values: ["listed"] }].map(full);
  const known = [{ attribute: "key", op: "startsWith", values: ["user-key"] }].map(full);
  return [
    segment("listed", { included: ["user-101", "user-key-7"], excluded: ["user-102"] }),
    segment("nested", { excluded: ["user-key-7"], rules: [{ _id: "nested-1", clauses: nested }] }),
    segment("weighted", {
      rules: [{ _id: "weighted-1", weight: 30_000, rolloutContextKind: "user", clauses: known }],
    }),
    segment("organizations", {
      includedContexts: [{ contextKind: "org", values: ["org-1", "org-2"] }],
      excludedContexts: [{ contextKind: "user", values: ["user-key-9"] }],
    }),
  ];
}
