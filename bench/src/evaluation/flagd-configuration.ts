import { countries, leastVersion, manyKeys, targetKeys, weights } from "./flags.ts";

const boolean = { state: "ENABLED", variants: { on: true, off: false } };
const everyone = { ...boolean, defaultVariant: "on" };
const only = (condition: object) => ({
  ...boolean,
  defaultVariant: "off",
  targeting: { if: [condition, "on", "off"] },
});
const members = only({
  and: [
    { in: [{ var: "country" }, countries] },
    { sem_ver: [{ var: "appVersion" }, ">", leastVersion] },
  ],
});

export const flagdConfiguration: Readonly<Record<string, object>> = {
  simple: everyone,
  clauses: members,
  rollout: {
    state: "ENABLED",
    variants: Object.fromEntries(Object.keys(weights).map((name) => [name, name])),
    defaultVariant: "a",
    targeting: { fractional: Object.entries(weights) },
  },
  targets: only({ in: [{ var: "targetingKey" }, targetKeys] }),
  ...Object.fromEntries(manyKeys.map((key, index) => [key, index % 2 === 0 ? everyone : members])),
};
