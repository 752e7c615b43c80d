import { describe, expect, it } from "vitest";
import { boardOf, type CleanupCard, lastAsked } from "./board.ts";
import { recipeOf, removalPrompt } from "./recipe.ts";

const card: CleanupCard = {
  column: "neverUsed",
  key: "banner",
  name: "Banner",
  sentence: "Made 20 days ago, and never asked for.",
  maintainerId: "ada",
  evidence: { environments: [] },
};
const unknown: CleanupCard = { ...card, column: "unknown", key: "chekout" };

describe("the board", () => {
  const shown = (filter: Parameters<typeof boardOf>[1]) =>
    boardOf([card, { ...unknown, maintainerId: "grace" }], filter).map(({ column, cards }) => [
      column,
      cards.length,
    ]);

  it("has every column, also those without a card", () => {
    expect(shown({ typed: "" })).toEqual([
      ["readyToRemove", 0],
      ["codeStillAsks", 0],
      ["safeToArchive", 0],
      ["neverUsed", 1],
      ["unknown", 1],
    ]);
  });

  it("is filtered by words of key, name and reason, and by who maintains", () => {
    expect(shown({ typed: " CHEK" }).at(-1)).toEqual(["unknown", 1]);
    expect(shown({ typed: "20 days", maintainerId: "ada" }).at(-2)).toEqual(["neverUsed", 1]);
    expect(shown({ typed: "", maintainerId: "ada" }).at(-1)).toEqual(["unknown", 0]);
  });

  it("tells where a flag was last asked for, newest first", () => {
    const environments = [
      { key: "test", lastEvaluatedAt: 1 },
      { key: "staging" },
      { key: "production", lastEvaluatedAt: 2 },
    ];

    expect(lastAsked({ ...card, evidence: { environments } })).toEqual([
      { key: "production", at: 2 },
      { key: "test", at: 1 },
    ]);
  });
});

describe("the recipe of a removal", () => {
  it("replaces each call by the value that everyone gets", () => {
    expect(recipeOf("checkout", "new")).toBe(
      '- flags.variation("checkout", context, fallback)\n+ "new"',
    );
    expect(removalPrompt("limits", { max: 10 })).toContain('Everyone gets {"max":10}.');
  });
});
