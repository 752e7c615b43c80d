import { describe, expect, it } from "vitest";
import { runtimes } from "./runtimes.ts";
import { pythonLiteral } from "./servers.ts";
import { type SnippetFacts, shellQuoted } from "./snippet.ts";

const facts: SnippetFacts = {
  url: "http://localhost:8080",
  sdkKey: "sdk-1",
  clientSideId: "id-1",
  environment: "test",
  flag: "first-flag",
  fallback: false,
};

describe("a snippet", () => {
  it.each(runtimes)("for $id has the address, a key and the flag filled in", ({ snippet, id }) => {
    const { code } = snippet(facts, "npm");

    expect(code).toContain(facts.url);
    expect(code).toContain(id === "browser" || id === "react" ? "id-1" : "sdk-1");
    expect(code).toContain(id === "curl" ? "/sdk/flags/first-flag" : '"first-flag"');
  });

  it.each([
    { fallback: true, go: "BoolVariation", java: "boolVariation", dotnet: "BoolVariation" },
    { fallback: "old", go: "StringVariation", java: "stringVariation", dotnet: "StringVariation" },
    { fallback: 7, go: "Float64Variation", java: "doubleVariation", dotnet: "DoubleVariation" },
    {
      fallback: { max: 1 },
      go: "JSONVariation",
      java: "jsonValueVariation",
      dotnet: "JsonVariation",
    },
  ])("of a typed language asks for the flag's type: $go", ({ fallback, ...methods }) => {
    for (const [id, method] of Object.entries(methods)) {
      const code = runtimes
        .find((one) => one.id === id)
        ?.snippet({ ...facts, fallback }, "npm").code;

      expect(code).toContain(method);
    }
  });

  it.each([
    ["npm", "npm install @halyard/sdk"],
    ["pnpm", "pnpm add @halyard/sdk"],
    ["yarn", "yarn add @halyard/sdk"],
    ["bun", "bun add @halyard/sdk"],
  ] as const)("is installed by %s", (manager, line) => {
    expect(runtimes[0].snippet(facts, manager).install).toBe(line);
  });

  it("writes values as Python does", () => {
    expect(pythonLiteral({ on: true, list: [null, 1, "a"] })).toBe(
      '{"on": True, "list": [None, 1, "a"]}',
    );
  });

  it("leaves nothing for the shell to read into a text", () => {
    expect(shellQuoted("it's $HOME")).toBe(`'it'\\''s $HOME'`);
  });
});
