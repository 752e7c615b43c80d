import type { Clause, Flag, Segment } from "@halyard/evaluation";
import type { Item } from "./source/first-generation-message.ts";

/** Which flags and segments need which others, kept in step so that a change costs what it alters. */
export class Dependents {
  /** By `flag/KEY` or `segment/KEY`; only of those that need something. */
  readonly #needs = new Map<string, readonly string[]>();
  /** The same the other way round. */
  readonly #neededBy = new Map<string, Set<string>>();

  constructor(flags: Iterable<Flag>, segments: Iterable<Segment>) {
    for (const body of flags) this.take({ kind: "flag", key: body.key, body });
    for (const body of segments) this.take({ kind: "segment", key: body.key, body });
  }

  /** The item takes the place of the one of its key. */
  take(item: Item): void {
    const name = nameOf(item);
    for (const needed of this.#needs.get(name) ?? []) this.#neededBy.get(needed)?.delete(name);
    const needs = item.body.deleted === true ? [] : needsOf(item);
    if (needs.length === 0) {
      this.#needs.delete(name);
      return;
    }
    this.#needs.set(name, needs);
    for (const needed of needs) {
      const names = this.#neededBy.get(needed) ?? new Set();
      this.#neededBy.set(needed, names.add(name));
    }
  }

  /** Keys of the flags whose results the changed items can alter, directly or through others. */
  flagsAffectedBy(changed: readonly Item[]): readonly string[] {
    const affected = new Set(changed.map(nameOf));
    // What is added to a set while it is walked is walked too.
    for (const name of affected) {
      for (const dependent of this.#neededBy.get(name) ?? []) affected.add(dependent);
    }
    return [...affected]
      .filter((name) => name.startsWith("flag/"))
      .map((name) => name.slice("flag/".length));
  }
}

function nameOf({ kind, key }: Item): string {
  return `${kind}/${key}`;
}

function needsOf({ kind, body }: Item): readonly string[] {
  const needs = segmentsIn(body.rules);
  if (kind === "flag") needs.push(...listOf(body.prerequisites).map((one) => `flag/${one.key}`));
  return needs;
}

function segmentsIn(rules: Flag["rules"] | Segment["rules"]): string[] {
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
