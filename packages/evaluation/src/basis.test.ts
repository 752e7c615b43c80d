import { expect, it } from "vitest";
import { basisOf, type Flag, type Reason } from "./index.ts";

const rollout = { variations: [{ variation: 0, weight: 100_000 }] };
const plain: Flag = {
  key: "f",
  version: 1,
  on: true,
  variations: [1],
  fallthrough: { variation: 0 },
};
const ruled: Flag = { ...plain, rules: [{ variation: 0 }, { rollout }] };
const fallthrough: Reason = { kind: "FALLTHROUGH" };
const rule = (ruleIndex: number): Reason => ({ kind: "RULE_MATCH", ruleIndex });

it.each([
  ["a flag without targeting", plain, fallthrough, "constant"],
  ["a flag that is off", { ...ruled, on: false, offVariation: 0 }, { kind: "OFF" }, "constant"],
  ["rules that nobody met", ruled, fallthrough, "targeting"],
  ["a rule", ruled, rule(0), "targeting"],
  ["a rule with a rollout", ruled, rule(1), "rollout"],
  ["a rollout to all others", { ...ruled, fallthrough: { rollout } }, fallthrough, "rollout"],
  ["a target", { ...ruled, targets: [{ variation: 0 }] }, { kind: "TARGET_MATCH" }, "targeting"],
] as const satisfies readonly (readonly [string, Flag, Reason, string])[])(
  "tells what the result of %s hangs on",
  (_, flag, reason, basis) => {
    expect(basisOf(flag, reason)).toBe(basis);
  },
);
