import { describe, expect, it } from "vitest";
import { type Scope, scopeOf, statementsOf } from "./scope.ts";

describe("the changes that somebody is told of", () => {
  it.each<Scope>([
    { kind: "all" },
    { kind: "project" },
    { kind: "environment", environment: "production" },
    {
      kind: "policy",
      text: JSON.stringify([{ effect: "allow", actions: ["*"], resources: ["acct"] }], null, 2),
    },
  ])("are chosen as they are shown: $kind", (scope) => {
    const read = statementsOf(scope, "web-shop");

    expect("statements" in read && scopeOf(read.statements, "web-shop")).toEqual(scope);
  });

  it("are shown as a policy where they are of another project", () => {
    const read = statementsOf({ kind: "project" }, "web-shop");

    expect("statements" in read && scopeOf(read.statements, "other").kind).toBe("policy");
  });

  it("are all of them under an empty policy", () => {
    expect(statementsOf({ kind: "policy", text: " " }, "web-shop")).toEqual({ statements: [] });
  });

  it.each(["{}", "[1]", "[null]", "[{]"])("say what is wrong with %s", (text) => {
    expect(statementsOf({ kind: "policy", text }, "web-shop")).toHaveProperty("problem");
  });
});
