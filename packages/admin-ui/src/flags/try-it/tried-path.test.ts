import { explain, isContextError, parseContext } from "@halyard/evaluation";
import { deliveredFlag, type FlagState } from "@halyard/instructions";
import { expect, it } from "vitest";
import { stepInWords } from "./step-words.ts";
import { pathOf } from "./tried-path.ts";

const clause = (id: string, attribute: string, ...values: string[]) => ({
  id,
  contextKind: "user",
  attribute,
  op: "in",
  negate: false,
  values,
});
const configuration: FlagState["environments"][string] = {
  on: true,
  salt: "salt",
  prerequisites: [],
  targets: [],
  rules: [
    {
      id: "rule-a",
      clauses: [clause("a", "country", "DE", "AT")],
      serve: { variationId: "new" },
      trackEvents: false,
    },
    {
      id: "rule-b",
      clauses: [clause("b", "plan", "pro")],
      serve: { rollout: { weights: [{ variationId: "new", weight: 100_000 }] } },
      trackEvents: false,
    },
    { id: "rule-c", clauses: [], serve: { variationId: "old" }, trackEvents: false },
  ],
  fallthrough: { variationId: "old" },
  offVariationId: "old",
  trackEvents: false,
  trackEventsFallthrough: false,
};
const flag: FlagState = {
  key: "checkout",
  name: "Checkout",
  description: "",
  kind: "multivariate",
  variations: [
    { id: "old", value: "old" },
    { id: "new", value: "new" },
  ],
  tags: [],
  temporary: true,
  archived: false,
  deprecated: false,
  clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false },
  customProperties: {},
  defaults: { onVariationId: "old", offVariationId: "new" },
  environments: { production: configuration },
};

function explained(attributes: object, at = configuration) {
  const context = parseContext({ kind: "user", key: "ada", ...attributes });
  if (isContextError(context)) throw new Error(context.error);
  const delivered = deliveredFlag(
    { ...flag, environments: { production: at } },
    { environmentKey: "production", version: 1, findFlag: () => undefined },
  );
  if (delivered === undefined) throw new Error("the flag is in no such environment");
  return explain(delivered, context, { flag: () => undefined, segment: () => undefined });
}

const states = (attributes: object) =>
  [...pathOf(explained(attributes), configuration, "Ada").rules.values()].map(({ state }) => state);

it("passes rules until one matches, and never reaches those behind it", () => {
  expect(states({ country: "DE" })).toEqual(["matched", "unreached", "unreached"]);
  expect(states({ country: "FR", plan: "pro" })).toEqual(["passed", "matched", "unreached"]);
  expect(states({ country: "FR" })).toEqual(["passed", "passed", "matched"]);
});

it("says what a context has where it did not match, and where it falls in a split", () => {
  const { rules, fallthrough, off } = pathOf(
    explained({ country: "FR", plan: "pro" }),
    configuration,
    "Ada",
  );
  expect(rules.get("rule-a")).toMatchObject({ words: 'no match: country is "FR"' });
  expect(rules.get("rule-b")).toMatchObject({ state: "matched", place: { name: "Ada" } });
  expect([fallthrough.state, off.state]).toEqual(["unreached", "unreached"]);
});

it("ends at once where the flag is off", () => {
  const at = { ...configuration, on: false };
  const path = pathOf(explained({ country: "DE" }, at), at, "Ada");
  expect(path.off.state).toBe("matched");
  expect([...path.rules.values()].map(({ state }) => state)).toEqual(Array(3).fill("unreached"));
});

it("is told step by step", () => {
  const told = { configuration, nameOf: (index: number) => ["old", "new"][index] ?? "" };
  const words = explained({ country: "AT" }).steps.map((step) => stepInWords(step, told));
  expect(words).toEqual([
    "Flag is on",
    "Not targeted individually",
    "Rule 1 matched: country is one of DE, AT",
  ]);
});
