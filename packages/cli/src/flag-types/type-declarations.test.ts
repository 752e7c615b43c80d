import { describe, expect, it } from "vitest";
import type { DescribedFlag, Json } from "./described-flag.ts";
import { declaredTypes, typeDeclarations } from "./type-declarations.ts";

function flagOf(
  variations: readonly Json[],
  described: Partial<DescribedFlag> = {},
): DescribedFlag {
  return {
    key: "checkout",
    name: "Checkout redesign",
    description: "",
    temporary: true,
    archived: false,
    deprecated: false,
    variations: variations.map((value) => ({ value })),
    defaults: { offVariation: 0 },
    ...described,
  };
}

function linesFor(flag: DescribedFlag): string[] {
  const lines = typeDeclarations("web-shop", [flag]).split("\n");
  return lines.slice(lines.indexOf("  interface FlagTypes {") + 1, -3);
}

describe("a flag's type", () => {
  it.each<[string, Json[], string]>([
    ["strings are one of the variations", ["old", "new"], '"old" | "new"'],
    ["numbers are one of the variations", [1, -2.5, 1e21], "1 | -2.5 | 1e+21"],
    ["booleans are boolean", [true, false], "boolean"],
    ["a variation that is there twice counts once", ["a", "a"], '"a"'],
    ["quotes, breaks and backslashes are escaped", ['"', "\n", "\\"], '"\\"" | "\\n" | "\\\\"'],
    [
      "what only some objects have is optional",
      [{ a: 1 }, { a: 2, b: "x" }],
      '{ "a": number; "b"?: string }',
    ],
    ["what differs in type is either", [{ a: 1 }, { a: null }], '{ "a": number | null }'],
    ["lists cannot be changed", [["a"], [1]], "readonly (string | number)[]"],
    ["of an empty list nothing is known", [[]], "readonly unknown[]"],
    ["an empty object has nothing", [{}], "Record<string, never>"],
    [
      "an object beside a list is either",
      [{ a: [] }, [true]],
      'readonly boolean[] | { "a": readonly unknown[] }',
    ],
    [
      "a member may have any name",
      [JSON.parse('{"__proto__": 1, "*/": 2}')],
      '{ "*/": number; "__proto__": number }',
    ],
  ])("%s", (_, variations, type) => {
    const file = typeDeclarations("web-shop", [flagOf(variations)]);

    expect(declaredTypes(file)).toEqual(new Map([["checkout", type]]));
  });

  it("stands below the flag's name and description", () => {
    expect(linesFor(flagOf([true]))).toEqual([
      "    /** Checkout redesign. Temporary. */",
      '    "checkout": boolean;',
    ]);
    expect(
      linesFor(flagOf([true], { description: "For all.\nWith wallets", temporary: false })),
    ).toEqual([
      "    /**",
      "     * Checkout redesign.",
      "     * For all.",
      "     * With wallets. Permanent.",
      "     */",
      '    "checkout": boolean;',
    ]);
  });

  it("is marked as deprecated where the flag is, or is archived", () => {
    expect(linesFor(flagOf([true], { deprecated: true }))).toContain(
      "     * @deprecated Deprecated: leave it out of new code.",
    );
    expect(linesFor(flagOf([true], { deprecated: true, archived: true }))).toContain(
      "     * @deprecated Archived: everybody gets the fallback.",
    );
  });

  it("is not reached by words that would end the comment, or begin a tag of it", () => {
    const words = { name: "ends */ here", description: "@deprecated it says\u2028*/ }" };

    expect(linesFor(flagOf([true], words))).toEqual([
      "    /**",
      "     * ends *\\/ here.",
      "     * \\@deprecated it says",
      "     * *\\/ }. Temporary.",
      "     */",
      '    "checkout": boolean;',
    ]);
  });

  it("belongs to a key of any name", () => {
    const keys = ["__proto__", 'a"b', "constructor", "2024", "\n"];

    const file = typeDeclarations(
      "a\nb",
      keys.map((key) => flagOf([true], { key })),
    );

    expect([...declaredTypes(file).keys()]).toEqual(keys);
  });
});
