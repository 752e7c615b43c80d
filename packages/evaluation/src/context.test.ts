import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReference, valueAt } from "./attribute-reference.ts";
import { type Context, isContextError, kindOfSimpleContext, parseContext } from "./context.ts";

function contextOf(input: unknown): Context {
  const context = parseContext(input);
  if (isContextError(context)) throw new Error(context.error);
  return context;
}

describe("a context", () => {
  it.each([
    { input: { kind: "user", key: "a:b%" }, canonical: "a:b%" },
    { input: { kind: "org", key: "a:b%" }, canonical: "org:a%3Ab%25" },
    { input: { kind: "multi", user: { key: "u" }, org: { key: "o" } }, canonical: "org:o:user:u" },
    { input: { kind: "multi", user: { key: "u:" } }, canonical: "u:" },
    { input: { key: "" }, canonical: "" },
    { input: { key: 7 }, canonical: "7" },
  ])("is named $canonical for $input", ({ input, canonical }) => {
    expect(contextOf(input).canonicalKey).toBe(canonical);
  });

  it.each([
    [
      { kind: "user", key: 7 },
      'context.key is a string that is not empty; got 7. Did you mean key: "7"?',
    ],
    [{ kind: "user" }, "context.key is a string"],
    [{ kind: "kind", key: "x" }, "context.kind is letters"],
    [{ kind: "öl", key: "x" }, "context.kind is letters"],
    [{ kind: "multi" }, "at least one kind"],
    [{ kind: "multi", org: {} }, "context.org.key"],
    [{ kind: "user", key: "x", anonymous: "yes" }, "context.anonymous is true or false"],
    [{ custom: {} }, "a user with a key"],
    [null, "a context is an object"],
    [[], "a context is an object"],
  ])("cannot be made of %j, and the error says why", (input, why) => {
    const refused = parseContext(input);

    expect(isContextError(refused) && refused.error).toContain(why);
  });

  it("lifts the custom attributes of a user of the older shape", () => {
    const user = contextOf({
      key: "u",
      email: "a@b",
      custom: { plan: "pro", __proto__: { x: 1 } },
    });

    expect(user.individual("user")?.get("plan")).toBe("pro");
    expect(user.individual("user")?.get("email")).toBe("a@b");
  });

  it.each([
    { user: { key: "u", anonymous: "yes" }, anonymous: true },
    { user: { key: "u", anonymous: 0, custom: { anonymous: true } }, anonymous: false },
    { user: { key: "u", custom: { anonymous: true } }, anonymous: true },
    { user: { key: "u", anonymous: null, custom: { anonymous: 1 } }, anonymous: true },
  ])("of the older shape is anonymous ($anonymous) by what counts as true: $user", (given) => {
    const user = contextOf(given.user).individual("user");

    expect(user?.get("anonymous")).toBe(given.anonymous);
    expect(user?.anonymous).toBe(given.anonymous);
  });

  it("has no attribute that objects merely inherit", () => {
    const user = contextOf({ kind: "user", key: "u" }).individual("user");

    expect(user?.get("constructor")).toBeUndefined();
    expect(user?.get("anonymous")).toBe(false);
  });
});

describe("an attribute reference", () => {
  const user = contextOf({
    kind: "user",
    key: "u",
    "/odd": 1,
    "a/b": 2,
    "~": 3,
    address: { geo: { zip: "24103" }, list: [1] },
  }).individual("user");

  it.each([
    { reference: "/address/geo/zip", value: "24103" },
    { reference: "/a~1b", value: 2 },
    { reference: "a/b", value: 2 },
    { reference: "/~0", value: 3 },
    { reference: "/address/list/0", value: undefined },
    { reference: "/address/missing/zip", value: undefined },
  ])("finds $value at $reference", ({ reference, value }) => {
    const parsed = parseReference(reference);

    expect(parsed.isValid).toBe(true);
    expect(user && valueAt(user, parsed)).toEqual(value);
  });

  it("is taken by its letters in data of old origin", () => {
    expect(user && valueAt(user, parseReference("/odd", true))).toBe(1);
  });

  it.each(["", "/", "//", "/a//b", "/a/", "/a~2", "/_meta/x"])("%j is invalid", (reference) => {
    expect(parseReference(reference).isValid).toBe(false);
  });
});

describe("kindOfSimpleContext", () => {
  const odd = fc.constantFrom(undefined, null, "", 7, true, {}, []);
  const member = (usual: fc.Arbitrary<unknown>) => fc.oneof(usual, odd);
  const kinds = fc.constantFrom("user", "org", "multi", "kind", "a b", "x.y-z_1");
  const inputs = fc.record(
    {
      kind: member(kinds),
      key: member(fc.string()),
      name: member(fc.string()),
      anonymous: member(fc.boolean()),
      user: member(fc.constant({ key: "ada" })),
    },
    { requiredKeys: [] },
  );

  it("gives the kind of exactly those contexts of one kind that can be read as they are", () => {
    fc.assert(
      fc.property(fc.oneof(inputs, odd), (input) => {
        const context = parseContext(input);
        const { kind } = Object(input) as { kind?: unknown };
        const isOfOneKind = !isContextError(context) && typeof kind === "string";
        const expected = isOfOneKind && kind !== "multi" ? kind : undefined;
        expect(kindOfSimpleContext(input)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
