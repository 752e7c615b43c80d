import { describe, expect, it } from "vitest";
import { formOf, patchOf, type Webhook } from "./webhook.ts";

const statement = { effect: "allow", actions: ["*"], resources: ["proj/*:env/production:flag/*"] };
const webhook: Webhook = {
  _id: "1",
  name: "Chat",
  url: "https://hooks.example.com/flags",
  on: true,
  statements: [statement],
};

describe("the form of a webhook", () => {
  const form = formOf(webhook, "web-shop");

  it("changes nothing where nothing was typed", () => {
    expect(patchOf(form, form, [statement])).toEqual([]);
  });

  it("changes what was typed alone", () => {
    const changed = { ...form, name: "Ops", scope: { kind: "all" } as const };

    expect(patchOf(form, changed, [])).toEqual([
      { op: "replace", path: "/name", value: "Ops" },
      { op: "replace", path: "/statements", value: [] },
    ]);
  });
});
