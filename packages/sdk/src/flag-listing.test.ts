import {
  type EvaluationResult,
  errorResult,
  type Flag,
  type Json,
  prepared,
} from "@halyard/evaluation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FlagListing } from "./flag-listing.ts";

/** A flag that gives everyone the value, or one that asks who it is for. */
const flag = (key: string, value: Json, isConstant: boolean): Flag => ({
  key,
  version: 1,
  on: true,
  variations: [value],
  fallthrough: isConstant
    ? { variation: 0 }
    : { rollout: { variations: [{ variation: 0, weight: 100_000 }] } },
});

const resultOf = (value: Json): EvaluationResult => ({ ...errorResult("EXCEPTION"), value });

describe("FlagListing", () => {
  it("gives each flag's value by its key, time after time", () => {
    const keys = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "7", "valueOf"));
    const values = fc.oneof(
      fc.constantFrom<Json>(true, false, null, 1, 0.5, "a"),
      fc.constant<Json>({ a: [1] }),
    );
    const flags = fc.uniqueArray(
      fc.record({ key: keys, isConstant: fc.boolean(), value: values }),
      {
        selector: ({ key }) => key,
      },
    );
    const times = fc.array(fc.infiniteStream(values), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(flags, times, (given, streams) => {
        const ready = given.map(({ key, value, isConstant }) =>
          prepared(flag(key, value, isConstant)),
        );
        const listing = new FlagListing(ready);
        for (const stream of streams) {
          const results = ready.map(
            ({ constant }) => constant ?? resultOf(stream.next().value ?? null),
          );

          const all = listing.valuesOf(results);

          const expected = results.map(({ value }, index) => [given[index]?.key, value]);
          expect(all).toEqual(Object.fromEntries(expected));
          expect(Object.getPrototypeOf(all)).toBe(Object.prototype);
        }
      }),
    );
  });

  it("gives what a caller may alter without altering it for the next", () => {
    const ready = ["a", "b"].map((key) => prepared(flag(key, "x", key === "a")));
    const listing = new FlagListing(ready);
    const results = [resultOf("x"), resultOf("y")];
    const first = listing.valuesOf(results);
    first["a"] = "altered";
    delete first["b"];

    expect(listing.valuesOf(results)).toEqual({ a: "x", b: "y" });
  });

  it.each([999, 1_000, 1_001, 3_000])("gives the values of %d flags", (count) => {
    const keys = Array.from({ length: count }, (_, index) => `flag-${index}`);
    const ready = keys.map((key, index) => prepared(flag(key, index, index % 2 === 0)));

    const all = new FlagListing(ready).valuesOf(ready.map((_, index) => resultOf(index)));

    expect(Object.entries(all)).toEqual(keys.map((key, index) => [key, index]));
  });
});
