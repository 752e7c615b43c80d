import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readObject, TextProblem, writeObject } from "./context-text.ts";

describe("a context as people write it", () => {
  it("may leave the quotes of names out, end with a comma, and have comments", () => {
    const text = `{ // who asks
      kind: 'user', "key": "ada", /* lives */ country: "DE", age: 36, tags: ["a", 'b',], address: { city: null, },
    }`;
    expect(readObject(text)).toEqual({
      kind: "user",
      key: "ada",
      country: "DE",
      age: 36,
      tags: ["a", "b"],
      address: { city: null },
    });
  });

  it("may have either quotes in its texts, and backslashes before them", () => {
    const text = String.raw`{ a: 'it\'s', b: "\\'", c: '"\\"', d: "\"" }`;

    expect(readObject(text)).toEqual({
      a: "it's",
      b: String.raw`\'`,
      c: String.raw`"\"`,
      d: '"',
    });
  });

  it("is read as it was written, whatever is in it", () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(json, (object) => {
        // What JSON.parse makes of __proto__ is a member like any other; here it is left out.
        fc.pre(!JSON.stringify(object).includes("__proto__"));
        const plain = JSON.parse(JSON.stringify(object));
        expect(readObject(writeObject(plain))).toEqual(plain);
        expect(readObject(JSON.stringify(plain))).toEqual(plain);
      }),
    );
  });

  it.each([
    ["{ key: ada }", "a value: texts stand in quotes", 1],
    ['{\n  key: "ada"\n  plan: "pro" }', '"," or "}"', 3],
    ['{ key: "ada"', '"," or "}"', 1],
    ['["ada"]', "a context is an object", 1],
    ["", "more: the object does not end", 1],
    ['{ key: "ada" } 1', "nothing more after the object", 1],
    ['{ key: "ada', "the quote to end", 1],
  ])("says of %s that it wants %s, and where", (text, message, line) => {
    expect(() => readObject(text)).toThrow(new TextProblem(message, line));
    try {
      readObject(text);
    } catch (error) {
      expect(error).toHaveProperty("line", line);
    }
  });
});
