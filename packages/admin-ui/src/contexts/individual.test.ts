import { describe, expect, it } from "vitest";
import { individualsOf } from "./individual.ts";

describe("the individuals of a context", () => {
  it("are one where it is of one kind, with what the SDK kept to itself", () => {
    const context = {
      kind: "user",
      key: "ada",
      plan: "pro",
      _meta: { redactedAttributes: ["email"] },
    };

    expect(individualsOf(context)).toEqual([
      {
        kind: "user",
        key: "ada",
        name: "",
        attributes: [["plan", "pro"]],
        privateNames: ["email"],
      },
    ]);
  });

  it("are one for each kind of a context of several", () => {
    const context = { kind: "multi", user: { key: "ada", name: "Ada" }, org: { key: "acme" } };

    expect(individualsOf(context).map(({ kind, key, name }) => [kind, key, name])).toEqual([
      ["user", "ada", "Ada"],
      ["org", "acme", ""],
    ]);
  });
});
