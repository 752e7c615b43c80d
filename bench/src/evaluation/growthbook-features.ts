import {
  countries,
  leastVersion,
  manyKeys,
  prerequisiteKeys,
  targetKeys,
  weights,
} from "./flags.ts";

const everyone = { defaultValue: true };
const members = {
  defaultValue: false,
  rules: [
    { condition: { country: { $in: countries }, appVersion: { $vgt: leastVersion } }, force: true },
  ],
};

export const growthbookFeatures = {
  simple: everyone,
  clauses: members,
  rollout: {
    defaultValue: "a",
    rules: [
      {
        variations: Object.keys(weights),
        weights: Object.values(weights).map((percent) => percent / 100),
        hashAttribute: "id",
      },
    ],
  },
  targets: {
    defaultValue: false,
    rules: [{ condition: { id: { $in: targetKeys } }, force: true }],
  },
  ...Object.fromEntries(prerequisiteKeys.map((key) => [key, everyone])),
  prerequisites: {
    defaultValue: false,
    rules: [
      {
        parentConditions: prerequisiteKeys.map((id) => ({ id, condition: { value: true } })),
        force: true,
      },
    ],
  },
  ...Object.fromEntries(manyKeys.map((key, index) => [key, index % 2 === 0 ? everyone : members])),
};
