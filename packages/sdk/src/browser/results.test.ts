import { describe, expect, it } from "vitest";
import { changedKeys, resultsFrom, resultsFromBootstrap } from "./results.ts";

describe("results", () => {
  it("are those members that have a version, whatever their key", () => {
    const json = JSON.parse('{"__proto__":{"version":1,"value":2},"odd":7,"none":{"value":1}}');

    expect([...resultsFrom(json)]).toEqual([["__proto__", { version: 1, value: 2 }]]);
  });

  it("of a bootstrap have the details beside the values", () => {
    const bootstrap = {
      a: 1,
      b: "two",
      $flagsState: { a: { version: 4, variation: 2 } },
      $valid: true,
    };

    expect(resultsFromBootstrap(bootstrap)).toEqual(
      new Map<string, unknown>([
        ["a", { value: 1, version: 4, variation: 2 }],
        ["b", { value: "two", version: 0 }],
      ]),
    );
    expect(resultsFromBootstrap({ ...bootstrap, $valid: false })).toBeUndefined();
    expect(resultsFromBootstrap("<html>")).toBeUndefined();
  });

  it("tell which values changed, and keep those that are equal the same objects", () => {
    const before = resultsFrom({
      kept: { version: 1, value: { a: [1] } },
      changed: { version: 1, value: 1 },
      gone: { version: 1, value: 1 },
    });
    const next = resultsFrom({
      kept: { version: 2, value: { a: [1] } },
      changed: { version: 2, value: 2 },
      come: { version: 2, value: 1 },
    });

    expect(changedKeys(before, next)).toEqual(["changed", "gone", "come"]);
    expect(next.get("kept")?.value).toBe(before.get("kept")?.value);
    expect(next.get("kept")?.version).toBe(2);
  });
});
