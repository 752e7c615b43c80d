import { describe, expect, it } from "vitest";
import type { EvalMessage } from "../live/evaluation-messages.ts";
import { emptyTail, rateOf, withEvaluations } from "./tail.ts";
import { contextInWords, valueInWords } from "./tail-words.ts";

const message: EvalMessage = {
  t: "eval",
  project: "shop",
  env: "test",
  flag: "dark",
  variation: 1,
  version: 3,
  n: 1,
  at: 100_000,
  dropped: 0,
};

describe("the tail of evaluations", () => {
  it("keeps the newest lines, newest first, and counts what was left out", () => {
    const came = [
      { ...message, at: 1, dropped: 2 },
      { ...message, at: 2 },
      { ...message, at: 3, dropped: 5 },
    ];

    const tail = withEvaluations(withEvaluations(emptyTail, came.slice(0, 1), 2), came.slice(1), 2);

    expect(tail.lines.map(({ at, id }) => [at, id])).toEqual([
      [3, 2],
      [2, 1],
    ]);
    expect(tail).toMatchObject({ heard: 3, dropped: 7 });
  });

  it("tells how many there are a second, and counts none twice that came as a line too", () => {
    const came = [
      { ...message, at: 80_000, n: 50 },
      { ...message, at: 99_000, n: 15 },
      { ...message, at: 100_000, n: 5 },
      { ...message, at: 100_000, context: { kind: "user", key: "ada" } },
    ];

    expect(rateOf(withEvaluations(emptyTail, came, 10), 100_000)).toBe(2);
  });
});

describe("the words of an evaluation", () => {
  it("show the value, or the variation's where only a number came", () => {
    expect(valueInWords({ value: "x", variation: 0 }, [])).toBe('"x"');
    expect(valueInWords({ variation: 1 }, [{ value: true }, { value: false }])).toBe("false");
    expect(valueInWords({ variation: null }, undefined)).toBe("null");
  });

  it.each([
    [{ kind: "user", key: "ada" }, "ada"],
    [{ kind: "org", key: "acme" }, "org:acme"],
    [{ kind: "multi", user: { key: "ada" }, org: { key: "acme" } }, "user:ada + org:acme"],
    [{ user: "ada", org: "acme" }, "ada + org:acme"],
  ])("name the context %j", (context, words) => {
    expect(contextInWords(context)).toBe(words);
  });
});
