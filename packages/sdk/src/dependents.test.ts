import type { Flag, Segment } from "@halyard/evaluation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Dependents } from "./dependents.ts";
import type { Item } from "./source/first-generation-message.ts";
import { Store } from "./store.ts";

const flagItem = (key: string, version: number, rest: Partial<Flag> = {}): Item => ({
  kind: "flag",
  key,
  body: { key, version, ...rest },
});
const segmentItem = (key: string, version: number, rest: Partial<Segment> = {}): Item => ({
  kind: "segment",
  key,
  body: { key, version, ...rest },
});
const inSegments = (...values: string[]) => [
  { clauses: [{ attribute: "", op: "segmentMatch" as const, values }] },
];
const requires = (...keys: string[]) => keys.map((key) => ({ key, variation: 0 }));

describe("flags whose results a change can alter", () => {
  it("are those that need it, directly or through others", () => {
    const store = new Store();
    const items = [
      flagItem("alone", 1),
      flagItem("asks", 1, { prerequisites: requires("targets") }),
      flagItem("targets", 1, { rules: inSegments("outer") }),
      segmentItem("outer", 1, { rules: inSegments("inner") }),
      segmentItem("inner", 1),
    ];
    store.apply({ kind: "whole", items, state: undefined });

    expect(store.flagsAffectedBy([segmentItem("inner", 2)])).toEqual(["targets", "asks"]);
    expect(store.flagsAffectedBy([flagItem("alone", 2)])).toEqual(["alone"]);
  });

  it("are found where flags need each other, and where lists are malformed", () => {
    const odd = { prerequisites: [null], rules: [null, { clauses: "none" }] } as unknown as Flag;
    const items = [
      flagItem("a", 1, { prerequisites: requires("b") }),
      flagItem("b", 1, { prerequisites: requires("a") }),
      flagItem("odd", 1, odd),
    ];
    const store = new Store();
    store.apply({ kind: "whole", items, state: undefined });

    expect(store.flagsAffectedBy([flagItem("a", 2)])).toEqual(["a", "b"]);
  });

  it("are the same after any number of changes as where all is looked at anew", () => {
    const key = fc.constantFrom("a", "b", "c", "d");
    const keys = fc.uniqueArray(key);
    const item = fc
      .record({ isFlag: fc.boolean(), key, flags: keys, segments: keys, deleted: fc.boolean() })
      .map(({ isFlag, key: own, flags, segments, deleted }): Item => {
        const rest = { deleted, rules: inSegments(...segments) };
        return isFlag
          ? flagItem(own, 1, { ...rest, prerequisites: requires(...flags) })
          : segmentItem(own, 1, rest);
      });

    const change = fc.record({
      kind: fc.constantFrom("whole" as const, "next" as const),
      items: fc.array(item),
    });

    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const store = new Store();

        for (const one of changes) {
          store.apply({ ...one, state: undefined });
          store.flagsAffectedBy([]);
        }

        const anew = new Dependents(store.flags(), store.segments());
        for (const one of changes.flatMap(({ items }) => items)) {
          const affected = [...store.flagsAffectedBy([one])].sort();
          expect(affected).toEqual([...anew.flagsAffectedBy([one])].sort());
        }
      }),
    );
  });
});
