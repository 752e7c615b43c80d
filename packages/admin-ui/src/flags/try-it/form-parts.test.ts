import { describe, expect, it } from "vitest";
import { contextOf, partsOf } from "./form-parts.ts";

describe("a context in a form", () => {
  it.each([
    { kind: "user", key: "ada" },
    { kind: "user", key: "ada", plan: "pro", age: 36, isBeta: true, tags: ["a", "b"] },
    { kind: "user", key: "7", zip: "01234", count: "17", yes: "true" },
    { kind: "org", key: "acme", address: { city: "Paris" } },
    { kind: "multi", user: { key: "ada", plan: "pro" }, org: { key: "acme" } },
  ])("comes back as it was: %j", (context) => {
    expect(contextOf(partsOf(context))).toEqual(context);
  });

  it("takes numbers and truths for what they are, and other words for texts", () => {
    const rows = [
      { name: "age", value: "36" },
      { name: "isBeta", value: " true" },
      { name: "plan", value: "pro" },
      { name: "zip", value: '"36"' },
      { name: " ", value: "not there yet" },
    ];

    expect(contextOf([{ kind: "user", key: "ada", rows }])).toEqual({
      kind: "user",
      key: "ada",
      age: 36,
      isBeta: true,
      plan: "pro",
      zip: "36",
    });
  });
});
