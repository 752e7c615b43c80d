import {
  countries,
  leastVersion,
  manyKeys,
  prerequisiteKeys,
  targetKeys,
  weights,
} from "./flags.ts";

const everyone = { name: "default", parameters: {}, constraints: [] };

const members = {
  ...everyone,
  constraints: [
    { contextName: "country", operator: "IN", values: countries, inverted: false },
    { contextName: "appVersion", operator: "SEMVER_GT", value: leastVersion, values: [] },
  ],
};

const feature = (name: string, strategy: object, rest: object = {}) => ({
  name,
  type: "release",
  enabled: true,
  stale: false,
  impressionData: false,
  project: "default",
  strategies: [strategy],
  variants: [],
  ...rest,
});

const variants = Object.entries(weights).map(([name, percent]) => ({
  name,
  weight: percent * 10,
  weightType: "variable",
  stickiness: "userId",
  payload: { type: "string", value: name },
  overrides: [],
}));

export const unleashFeatures = {
  version: 2,
  features: [
    feature("simple", everyone),
    feature("clauses", members),
    feature("rollout", everyone, { variants }),
    feature("targets", { name: "userWithId", parameters: { userIds: targetKeys.join(",") } }),
    ...prerequisiteKeys.map((name) => feature(name, everyone)),
    feature("prerequisites", everyone, {
      dependencies: prerequisiteKeys.map((name) => ({ feature: name, enabled: true })),
    }),
    ...manyKeys.map((name, index) => feature(name, index % 2 === 0 ? everyone : members)),
  ],
};
