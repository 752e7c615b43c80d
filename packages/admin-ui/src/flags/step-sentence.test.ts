import { expect, it } from "vitest";
import { stepSentence } from "./step-sentence.ts";

it.each([
  [{ kind: "on", on: true } as const, "Flag is on"],
  [{ kind: "rule", index: 0, isMatch: true } as const, "Rule 1 matched"],
  [
    {
      kind: "rule",
      index: 1,
      isMatch: false,
      failed: { index: 0, contextKind: "user", attribute: "plan", op: "in", actual: "free" },
    } as const,
    'Rule 2 did not match: plan is "free"',
  ],
  [
    { kind: "bucket", place: 0.182, from: 0, to: 0.25, variation: 1 } as const,
    "Bucket 18.2% falls in 0.0% to 25.0%",
  ],
])("says %j as %s", (step, sentence) => {
  expect(stepSentence(step)).toBe(sentence);
});
