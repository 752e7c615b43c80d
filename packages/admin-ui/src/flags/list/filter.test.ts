import { describe, expect, it } from "vitest";
import { filterParameters, parseFilter, withoutTerm, withTerm } from "./filter.ts";

const now = Date.UTC(2026, 10, 25, 12);
const around = {
  now,
  memberId: "m-ada",
  starred: ["dark-mode", "checkout"],
  environments: ["test", "production"],
  memberOf: (email: string) => (email === "grace@example.com" ? "m-grace" : undefined),
};
const dayMs = 86_400_000;

describe("the filter of a list of flags", () => {
  it.each([
    ["dark mode", 'filter=query:"dark mode"'],
    ["tag:beta tag:web", "filter=tags:beta+web"],
    ["on:everywhere env:production", "filter=filterEnv:production,turnedOn:everywhere"],
    ["is:starred", "filter=keys:checkout+dark-mode"],
    ["maintainer:me", "filter=maintainerId:m-ada"],
    ["maintainer:grace@example.com", "filter=maintainerId:m-grace"],
    ["changed:1d", `filter=targetingModifiedDate:{"after":${now - dayMs}}`],
    ["evaluated:never", 'filter=notEvaluated:{"after":0}'],
    ["-evaluated:1w", `filter=notEvaluated:{"after":${now - 7 * dayMs}}`],
    ["differ:all", "compare=true&env=test&env=production"],
    ['team:"front end"', "filter=maintainerTeamKey:front end"],
    ["", ""],
  ])("asks the server for %s by %s", (text, expected) => {
    const parameters = filterParameters(parseFilter(text), around);

    expect(decodeURIComponent(parameters.toString().replaceAll("+", " "))).toBe(expected);
  });

  it.each([
    ["tga:beta", { why: "unknownField", text: "tga:beta", nearest: "tag" }],
    ["changed:soon", { why: "noDuration", text: "changed:soon" }],
    ["-tag:beta", { why: "notNegatable", text: "-tag:beta" }],
    ["env:a env:b", { why: "twice", text: "env:b" }],
  ])("says what is wrong with %s", (text, problem) => {
    expect(parseFilter(text).problems).toEqual([problem]);
  });

  it("says which values there are", () => {
    const [problem] = parseFilter("on:production").problems;

    expect(problem).toMatchObject({ why: "unknownValue", text: "on:production" });
  });

  it("leaves out what is not finished", () => {
    expect(parseFilter("dark tag:")).toEqual({ words: "dark", terms: [], problems: [] });
  });

  it("gets a term more, or one less", () => {
    const text = withTerm(withTerm("dark on:nowhere", "tag", "beta"), "on", "everywhere");
    const term = parseFilter(text).terms.find(({ field }) => field === "tag");

    expect(text).toBe("dark tag:beta on:everywhere");
    expect(term === undefined ? "" : withoutTerm(text, term)).toBe("dark on:everywhere");
  });
});
