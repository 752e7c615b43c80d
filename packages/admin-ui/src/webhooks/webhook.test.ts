import { describe, expect, it } from "vitest";
import { formOf, patchOf, statementsOf, type Webhook } from "./webhook.ts";

const statement = { effect: "allow", actions: ["*"], resources: ["proj/*:env/production:flag/*"] };
const webhook: Webhook = {
  _id: "1",
  name: "Chat",
  url: "https://hooks.example.com/flags",
  on: true,
  statements: [statement],
};

describe("the policy of a webhook", () => {
  it("is empty for every change", () => {
    expect(statementsOf(" ")).toEqual({ statements: [] });
  });

  it("is read as it is shown", () => {
    expect(statementsOf(formOf(webhook).policy)).toEqual({ statements: [statement] });
  });

  it.each(["{}", "[1]", "[null]", "[{]"])("says what is wrong with %s", (policy) => {
    expect(statementsOf(policy)).toHaveProperty("problem");
  });
});

describe("the form of a webhook", () => {
  it("changes nothing where nothing was typed", () => {
    expect(patchOf(webhook, formOf(webhook), [statement])).toEqual([]);
  });

  it("changes what was typed alone", () => {
    const form = { ...formOf(webhook), name: "Ops", policy: "" };

    expect(patchOf(webhook, form, [])).toEqual([
      { op: "replace", path: "/name", value: "Ops" },
      { op: "replace", path: "/statements", value: [] },
    ]);
  });
});
