import {
  applyFlagInstructions,
  type FlagConfiguration,
  type FlagState,
  isInstructionError,
} from "@halyard/instructions";
import { expect, it } from "vitest";
import { promotionOf } from "./promote.ts";

const clause = { attribute: "country", op: "in", negate: false, values: ["DE"] };
const rule = (id: string, variationId: string) => ({
  id,
  clauses: [{ id: `${id}-clause`, ...clause }],
  serve: { variationId },
  trackEvents: false,
});
const off: FlagConfiguration = {
  on: false,
  salt: "of production",
  prerequisites: [],
  targets: [],
  rules: [rule("own", "new")],
  fallthrough: { variationId: "old" },
  offVariationId: "old",
  trackEvents: false,
  trackEventsFallthrough: false,
};
const on: FlagConfiguration = {
  ...off,
  on: true,
  salt: "of staging",
  rules: [rule("first", "old"), rule("second", "new")],
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
  defaults: { onVariationId: "new", offVariationId: "old" },
  environments: { staging: on, production: off },
};
let count = 0;
const newId = () => `new-${count++}`;

it("lets an environment serve what another does, under its own salt", () => {
  const instructions = promotionOf(flag, { from: "staging", to: "production", newId });

  const after = applyFlagInstructions(flag, instructions, { environmentKey: "production", newId });
  if (isInstructionError(after)) throw new Error(after.message);
  const production = after.environments["production"];
  expect(production).toMatchObject({ on: true, salt: "of production" });
  expect(production?.rules.map(({ serve }) => serve)).toEqual(on.rules.map(({ serve }) => serve));
  expect(after.environments["staging"]).toEqual(on);
});

it("leaves the rules that both have as they are", () => {
  const instructions = promotionOf(flag, { from: "staging", to: "production", newId });

  expect(instructions.map(({ kind }) => kind)).not.toContain("removeRule");
  expect(JSON.stringify(instructions)).not.toContain('"first"');
});

it("has nothing to do where both serve the same", () => {
  const alike = { ...flag, environments: { staging: off, production: { ...off, salt: "other" } } };

  expect(promotionOf(alike, { from: "staging", to: "production", newId })).toEqual([]);
});
