import type { Clause, Flag, Segment } from "@halyard/evaluation";
import type { Item } from "./source/first-generation-message.ts";
import type { Store } from "./store.ts";

/** Keys of the flags whose results the changed items can alter, directly or through others. */
export function affectedFlags(changed: readonly Item[], store: Store): readonly string[] {
  const affected = new Set(changed.map(({ kind, key }) => `${kind}/${key}`));
  const needs = needsOf(store);
  // Each round adds those that need one already affected, until a round adds none.
  for (let sizeBefore = -1; sizeBefore !== affected.size; ) {
    sizeBefore = affected.size;
    for (const [name, needed] of needs) {
      if (needed.some((other) => affected.has(other))) affected.add(name);
    }
  }
  return [...affected]
    .filter((name) => name.startsWith("flag/"))
    .map((name) => name.slice("flag/".length));
}

function needsOf(store: Store): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, readonly string[]>();
  for (const flag of store.flags()) needs.set(`flag/${flag.key}`, needsOfFlag(flag));
  for (const segment of store.segments()) {
    needs.set(`segment/${segment.key}`, segmentsIn(segment.rules));
  }
  return needs;
}

function needsOfFlag(flag: Flag): readonly string[] {
  const prerequisites = listOf(flag.prerequisites).map((one) => `flag/${one.key}`);
  return [...prerequisites, ...segmentsIn(flag.rules)];
}

function segmentsIn(rules: Flag["rules"] | Segment["rules"]): readonly string[] {
  return listOf<{ readonly clauses?: readonly Clause[] | null }>(rules)
    .flatMap(({ clauses }) => listOf(clauses))
    .filter(({ op }) => op === "segmentMatch")
    .flatMap(({ values }) => listOf(values))
    .map((key) => `segment/${String(key)}`);
}

/** Data from outside may hold anything where a list belongs. */
function listOf<T>(list: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(list)
    ? list.filter((one) => one !== null && typeof one !== "undefined")
    : [];
}
