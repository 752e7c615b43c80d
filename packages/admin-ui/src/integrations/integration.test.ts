import { describe, expect, it } from "vitest";
import { configOf, formOf, type Integration, isComplete, kindIn, patchOf } from "./integration.ts";

const integration: Integration = {
  _id: "1",
  kind: "datadog",
  name: "Monitors",
  on: true,
  statements: [],
  config: { apiKey: "secret", hostURL: "https://api.datadoghq.eu" },
  _status: { successCount: 0, errorCount: 0 },
};

describe("the form of an integration", () => {
  const before = formOf(integration, "web-shop");

  it("tells of the project alone where it is new", () => {
    expect(formOf(undefined, "web-shop").scope).toEqual({ kind: "project" });
  });

  it("changes nothing where nothing was typed", () => {
    expect(patchOf("datadog", { before, after: before }, [])).toEqual([]);
  });

  it("changes what was typed alone", () => {
    const after = { ...before, name: "Charts ", hostUrl: "" };

    expect(patchOf("datadog", { before, after }, [])).toEqual([
      { op: "replace", path: "/name", value: "Charts" },
      { op: "replace", path: "/config", value: { apiKey: "secret" } },
    ]);
  });

  it("needs an address for a chat, and a key for Datadog", () => {
    const form = { ...formOf(undefined, "web-shop"), name: "Ops", url: " https://a.example " };

    expect([isComplete("slack", form), isComplete("datadog", form)]).toEqual([true, false]);
    expect(configOf("msteams", form)).toEqual({ url: "https://a.example" });
  });
});

it("knows its kinds by the address", () => {
  expect([kindIn("slack"), kindIn("jira")]).toEqual(["slack", undefined]);
});
