import { describe, expect, it } from "vitest";
import type { Command } from "./commands.ts";
import { fuzzyScore, searchCommands } from "./search.ts";

const nothing = () => undefined;
const command = (section: Command["section"], label: string, hint = ""): Command => ({
  id: `${section} ${label}`,
  section,
  label,
  hint,
  run: nothing,
});
const all = [
  command("go", "Flags"),
  command("go", "Checkout redesign", "checkout"),
  command("do", "Create flag"),
  command("do", "Switch to the dark theme"),
];
const labels = (typed: string, recent: readonly string[] = []) =>
  searchCommands(all, typed, recent).map(({ section, commands }) => [
    section,
    commands.map(({ label }) => label),
  ]);

describe("the palette", () => {
  it("finds by name, by key and by letters left out", () => {
    expect(labels("checkout")).toEqual([["go", ["Checkout redesign"]]]);
    expect(labels("chkout")).toEqual([["go", ["Checkout redesign"]]]);
  });

  it("shows what can be done alone after >, and pages after /", () => {
    expect(labels(">flag")).toEqual([["do", ["Create flag"]]]);
    expect(labels("/flag")).toEqual([["go", ["Flags"]]]);
  });

  it("begins with what was used last", () => {
    expect(labels("", ["do Create flag"])[0]).toEqual(["recent", ["Create flag"]]);
  });

  it("finds nothing in letters that are all over the place", () => {
    expect(fuzzyScore("switch to the dark theme", "stk")).toBe(0);
  });

  it("takes signs of regular expressions as they are", () => {
    expect(labels("(c++")).toEqual([]);
  });
});
