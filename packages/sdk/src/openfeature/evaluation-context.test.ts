import { ErrorCode, type EvaluationContext } from "@openfeature/core";
import { describe, expect, it } from "vitest";
import { dataOf, readContext } from "./evaluation-context.ts";

const read = (given: EvaluationContext) => readContext(given, "visitor");

describe("readContext", () => {
  it.each<[string, EvaluationContext, object]>([
    ["a targetingKey as a user's", { targetingKey: "ada" }, { kind: "user", key: "ada" }],
    ["a key as a user's", { key: "ada" }, { kind: "user", key: "ada" }],
    [
      "the targetingKey where there is a key too",
      { targetingKey: "ada", key: "other" },
      { kind: "user", key: "ada" },
    ],
    [
      "another kind, and all attributes",
      {
        kind: "org",
        targetingKey: "acme",
        name: "Acme",
        anonymous: false,
        address: { zip: ["1"] },
      },
      {
        kind: "org",
        key: "acme",
        name: "Acme",
        anonymous: false,
        address: { zip: ["1"] },
      },
    ],
    [
      "attributes that are private",
      { targetingKey: "ada", email: "a@b.c", privateAttributes: ["email"] },
      { kind: "user", key: "ada", email: "a@b.c", _meta: { privateAttributes: ["email"] } },
    ],
    [
      "dates as text, and nulls as they are",
      { targetingKey: "ada", since: new Date(0), of: { at: [new Date(1)] }, email: null },
      {
        kind: "user",
        key: "ada",
        since: "1970-01-01T00:00:00.000Z",
        of: { at: ["1970-01-01T00:00:00.001Z"] },
        email: null,
      },
    ],
    [
      "several kinds, without what a merged context left beside them",
      {
        kind: "multi",
        targetingKey: "left",
        region: "eu",
        user: { targetingKey: "ada", anonymous: true },
        org: { key: "acme", privateAttributes: ["plan"], plan: "pro" },
      },
      {
        kind: "multi",
        user: { key: "ada", anonymous: true },
        org: { key: "acme", plan: "pro", _meta: { privateAttributes: ["plan"] } },
      },
    ],
  ])("takes %s", (_, given, context) => {
    expect(read(given)).toEqual({ context, isKeyless: false });
  });

  it("takes whoever has no key for an anonymous visitor", () => {
    const visitor = { kind: "user", key: "visitor", anonymous: true, plan: "pro" };

    expect(read({ plan: "pro" })).toEqual({ context: visitor, isKeyless: true });
    expect(read({ plan: "pro", targetingKey: "" })).toEqual({ context: visitor, isKeyless: true });
    expect(read({ kind: "multi", org: { key: "acme" }, user: {} }).isKeyless).toBe(true);
    expect(readContext({}, undefined).context).toEqual({ kind: "user", anonymous: true });
  });

  const loop: Record<string, never> = {};
  Object.assign(loop, { loop });

  it.each<[string, object]>([
    ["kind is number 7", { kind: 7, targetingKey: "ada" }],
    ["kind is string a b", { kind: "a b", targetingKey: "ada" }],
    ["the key of the user is number 7", { targetingKey: 7 }],
    ["name of the user is an object", { targetingKey: "ada", name: {} }],
    ["anonymous of the org is string yes", { kind: "org", key: "acme", anonymous: "yes" }],
    ["privateAttributes of the user", { targetingKey: "ada", privateAttributes: [1] }],
    ["holds an object for each kind", { kind: "multi", user: "ada" }],
    ["Invalid time value", { targetingKey: "ada", at: new Date(Number.NaN) }],
    ["a function in it", { targetingKey: "ada", at: () => 1 }],
    ["not JSON", { targetingKey: "ada", loop }],
  ])("says that %s", (message, given) => {
    // Contexts come from code without types too.
    expect(() => read(given as EvaluationContext)).toThrow(
      expect.objectContaining({
        code: ErrorCode.INVALID_CONTEXT,
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe("dataOf", () => {
  it("is what was told of an event, or nothing", () => {
    expect(dataOf({ at: new Date(0), cart: { size: 2 } })).toEqual({
      at: "1970-01-01T00:00:00.000Z",
      cart: { size: 2 },
    });
    expect(dataOf({})).toBeUndefined();
  });
});
