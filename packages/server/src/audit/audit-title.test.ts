import { expect, it } from "vitest";
import { titleVerb } from "./audit-title.ts";
import type { LoggedChange } from "./logged-change.ts";

const checkout = { name: "Checkout" };

it.each<[string, Partial<LoggedChange>, string | undefined]>([
  ["turned Checkout on in Production", { words: ["Turn the flag on"] }, "Production"],
  [
    "left Checkout without a maintainer",
    { words: ["Leave the flag without a maintainer"] },
    undefined,
  ],
  ["created Checkout", { words: ["Create the flag checkout"] }, undefined],
  ['called Checkout "Checkout"', { words: ['Call the flag "Checkout"'] }, undefined],
  ["gave user ada yes (Checkout) in Test", { words: ["Give user ada yes"] }, "Test"],
  ["took user ada off (Checkout), and 1 more", { words: ["Take user ada off", "x"] }, undefined],
  [
    "created Staging",
    { kind: "environment", after: { name: "Staging" }, words: ["Create the environment Staging"] },
    undefined,
  ],
  [
    "imported 2 flags",
    { after: { flags: [checkout, checkout] }, words: ["Import 2 flags"] },
    undefined,
  ],
  [
    "let the team be 2 members (web)",
    { kind: "team", key: "web", words: ["Let the team be 2 members (web)"] },
    undefined,
  ],
  ["deleted the team Web", { kind: "team", words: ["Delete the team Web"] }, undefined],
  [
    "put the member Ada into web",
    { kind: "member", words: ["Put the member Ada into web"] },
    undefined,
  ],
  [
    "made flag permanent (Checkout)",
    { words: [], instructions: [{ kind: "makeFlagPermanent" }] },
    undefined,
  ],
])("a title says: somebody %s", (verb, change, environmentName) => {
  const entry: LoggedChange = {
    changeId: "1",
    at: 1,
    actor: { kind: "member", id: "1", name: "Ada" },
    kind: "flag",
    key: "checkout",
    instructions: [],
    comment: "",
    resources: [],
    words: [],
    before: undefined,
    after: checkout,
    ...change,
  };

  expect(titleVerb(entry, environmentName)).toBe(verb);
});
