import type { JsonObject } from "@halyard/evaluation";
import { describe, expect, it } from "vitest";
import { type Identity, identityFrom } from "./identity.ts";
import { settingsFrom } from "./options.ts";
import { redacted } from "./redaction.ts";

function identityOf(context: object): Identity {
  const identity = identityFrom(context, () => "made");
  if (typeof identity === "string") throw new Error(identity);
  return identity;
}

type Options = Parameters<typeof settingsFrom>[1];

function hidden(context: object, options: Options = {}, isAnonymousHidden = false): JsonObject {
  return redacted(identityOf(context), settingsFrom("id", options), isAnonymousHidden);
}

const ada = { kind: "user", key: "ada", name: "Ada", plan: { tier: 1, card: 2 } };

describe("a context in an event", () => {
  it("stays as it is where nothing is private", () => {
    expect(hidden(ada)).toEqual(ada);
  });

  it.each([
    ["name", { plan: ada.plan }],
    ["/name", { plan: ada.plan }],
    ["/plan/card", { name: "Ada", plan: { tier: 1 } }],
    ["plan", { name: "Ada" }],
  ])("lacks what %s names, and says so", (reference, rest) => {
    const expected = { kind: "user", key: "ada", ...rest };

    expect(hidden(ada, { privateAttributes: [reference] })).toEqual({
      ...expected,
      _meta: { redactedAttributes: [reference] },
    });
    expect(hidden({ ...ada, _meta: { privateAttributes: [reference] } })).toEqual({
      ...expected,
      _meta: { redactedAttributes: [reference] },
    });
  });

  it.each(["", "/", "//name", "/name/", "/plan//card", "/na~2me", "missing", "/plan/missing/x"])(
    "is whole where %j names nothing of it",
    (reference) => {
      expect(hidden(ada, { privateAttributes: [reference] })).toEqual(ada);
    },
  );

  it.each(["key", "kind", "anonymous", "/key"])("never lacks its %s", (reference) => {
    const visitor = { ...ada, anonymous: true };

    expect(hidden(visitor, { privateAttributes: [reference] })).toEqual(visitor);
  });

  it("lacks everything where all is private, with names that can be read as references", () => {
    const context = { kind: "user", key: "ada", name: "Ada", "/a/b~": 1, "a/b": 2 };

    expect(hidden(context, { allAttributesPrivate: true })).toEqual({
      kind: "user",
      key: "ada",
      _meta: { redactedAttributes: ["name", "/~1a~1b~0", "a/b"] },
    });
  });

  it("finds names with escaped marks", () => {
    const context = { kind: "user", key: "ada", "a/b~c": 1 };

    expect(hidden(context, { privateAttributes: ["/a~1b~0c"] })).toMatchObject({
      _meta: { redactedAttributes: ["/a~1b~0c"] },
    });
  });

  it("hides of several kinds only the anonymous one, where that is asked for", () => {
    const context = {
      kind: "multi",
      user: { key: "ada", name: "Ada", anonymous: true },
      org: { key: "acme", name: "Acme" },
    };

    expect(hidden(context, {}, true)).toEqual({
      kind: "multi",
      user: { key: "ada", anonymous: true, _meta: { redactedAttributes: ["name"] } },
      org: { key: "acme", name: "Acme" },
    });
    expect(hidden(context)).toEqual(context);
  });
});
