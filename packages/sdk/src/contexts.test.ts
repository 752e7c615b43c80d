import { describe, expect, it } from "vitest";
import { isSameContext, normalizedContext } from "./index.ts";

describe("a normalized context", () => {
  it("holds nothing that says nothing", () => {
    const context = { kind: "org", key: "o", name: null, anonymous: false, a: null, _meta: {} };

    expect(normalizedContext(context)).toEqual({ kind: "org", key: "o" });
  });

  it("is a context where a user of the older shape was given", () => {
    const user = { key: "a", custom: { plan: "pro" }, privateAttributeNames: ["plan"] };

    expect(normalizedContext(user)).toEqual({
      kind: "user",
      key: "a",
      plan: "pro",
      _meta: { privateAttributes: ["plan"] },
    });
  });

  it("stands alone where it is the only one of several", () => {
    expect(normalizedContext({ kind: "multi", org: { key: "o" } })).toEqual({
      kind: "org",
      key: "o",
    });
  });

  it.each([
    [null, "a context is an object"],
    [{ kind: null, key: "x" }, "context.kind"],
    [{ kind: "org" }, "context.key"],
    [{ kind: "org", key: "o", _meta: { privateAttributes: 3 } }, "privateAttributes"],
    [{ key: "a", email: 3 }, "user.email"],
    [{ kind: "multi", org: { key: "o", _meta: 3 } }, "context.org._meta"],
  ])("cannot be made of %j, and it is said why", (input, why) => {
    expect(() => normalizedContext(input)).toThrow(why);
  });
});

describe("the same context", () => {
  it("may be written in several ways", () => {
    const one = { kind: "multi", user: { key: "u", b: 1, a: { x: 1, y: 2 } }, org: { key: "o" } };
    const other = { kind: "multi", org: { key: "o" }, user: { a: { y: 2, x: 1 }, b: 1, key: "u" } };

    expect(isSameContext(one, other)).toBe(true);
    expect(isSameContext(one, { ...other, org: { key: "p" } })).toBe(false);
  });

  it("has the same private attributes, however they are referred to", () => {
    const hiding = (...privateAttributes: string[]) => ({
      kind: "user",
      key: "u",
      _meta: { privateAttributes },
    });

    expect(isSameContext(hiding("a", "/b"), hiding("b", "/a"))).toBe(true);
    expect(isSameContext(hiding("a"), hiding("a", "b"))).toBe(false);
  });
});
