import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identityFrom } from "./identity.ts";

const made = (kind: string) => `made for ${kind}`;

describe("a context", () => {
  it("is carried by addresses in base64url, whatever its text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (key) => {
        const identity = identityFrom({ kind: "user", key }, made);

        if (typeof identity === "string") throw new Error(identity);
        expect(identity.encoded).toMatch(/^[\w-]+$/);
        const text = Buffer.from(identity.encoded, "base64url").toString();
        expect(JSON.parse(text)).toEqual({ kind: "user", key: key.toWellFormed() });
      }),
    );
  });

  it("is given a key where it is anonymous and has none", () => {
    const context = { kind: "multi", user: { anonymous: true }, org: { key: "acme" } };

    expect(identityFrom(context, made)).toMatchObject({
      context: {
        kind: "multi",
        user: { anonymous: true, key: "made for user" },
        org: { key: "acme" },
      },
    });
  });

  it.each([
    [undefined, "SyntaxError"],
    [null, "the context is no object"],
    ["ada", "the context is no object"],
    [{ key: "ada" }, "context.kind is undefined"],
    [{ kind: "kind", key: "ada" }, 'context.kind is "kind"'],
    [{ kind: "a b", key: "ada" }, 'context.kind is "a b"'],
    [{ kind: "user" }, "the key of the user is undefined"],
    [{ kind: "user", key: 7 }, "the key of the user is 7"],
    [{ kind: "user", key: "" }, 'the key of the user is ""'],
    [{ kind: "multi", org: "acme" }, "the key of the org is undefined"],
  ])("is refused with the reason: %j", (input, reason) => {
    expect(identityFrom(input, made)).toContain(reason);
  });
});
