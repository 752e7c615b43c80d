import { expect, it } from "vitest";
import type { Statement } from "./statement.ts";
import { statementWords } from "./statement-words.ts";

it.each<[Statement, string]>([
  [{ effect: "allow", actions: ["*"], resources: ["*"] }, "May do everything: everything."],
  [
    { effect: "allow", actions: ["updateOn", "updateRules"], resources: ["proj/*:env/*:flag/*"] },
    "May turn flags on and off and change rules: every flag in every environment of every project.",
  ],
  [
    {
      effect: "deny",
      actions: ["*"],
      resources: ["proj/web-shop:env/*;{critical:true}:flag/*;beta"],
    },
    "May not do anything: every flag tagged beta in every environment that is critical of the project web-shop.",
  ],
  [
    { effect: "allow", notActions: ["deleteFlag"], resources: ["proj/web-*"] },
    "May do everything but delete flags: projects like web-*.",
  ],
  [
    { effect: "allow", actions: ["viewThings"], notResources: ["acct", "member/ada"] },
    "May viewThings: everything but the account and the member ada.",
  ],
  [
    { effect: "allow", actions: ["update*"], resources: ["code-reference-repository/*"] },
    "May make any change: code-reference-repository/*.",
  ],
])("says %j", (statement, words) => {
  expect(statementWords(statement)).toBe(words);
});
