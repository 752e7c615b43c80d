import type { Random } from "./random.ts";
import {
  brokenClause,
  bucketBy,
  kindMember,
  randomClause,
  segmentClause,
  type Wildness,
} from "./random-clause.ts";
import { keys, kinds } from "./values.ts";

/** Segments that ask for no others, and cannot fail. */
export const simpleSegmentKeys = ["listed", "ruled", "weighted", "constructor"] as const;
/** Segments that ask for others, for themselves, for what cannot be read, or for a store. */
export const wildSegmentKeys = [
  "nested",
  "circle-a",
  "circle-b",
  "broken",
  "big",
  "deleted",
] as const;

export function randomSegments(random: Random, wildness: Wildness): Record<string, object> {
  const segments: Record<string, object> = {};
  const segment = (key: string, rules: readonly object[]) =>
    randomSegment({ random, wildness }, key, rules);
  for (const key of simpleSegmentKeys) {
    segments[key] = segment(key, plainRules(random, wildness, "sound"));
  }
  const ask = (...of: readonly string[]) => ({ clauses: [segmentClause(random, of)] });
  const nested = [ask(...simpleSegmentKeys), ...plainRules(random, wildness, wildness)];
  segments["nested"] = segment("nested", nested);
  if (wildness === "sound") return segments;
  segments["circle-a"] = segment("circle-a", [ask("listed"), ask("circle-b")]);
  segments["circle-b"] = segment("circle-b", [ask("nested"), ask("circle-a", "circle-b")]);
  segments["broken"] = segment("broken", [
    ...plainRules(random, wildness, wildness),
    { clauses: [randomClause(random, wildness), brokenClause(random)] },
  ]);
  segments["big"] = {
    ...segment("big", plainRules(random, wildness, wildness)),
    unbounded: true,
    ...random.sometimes(0.7, { unboundedContextKind: random.pick(kinds) }),
    ...random.sometimes(0.8, { generation: 1 + random.below(3) }),
  };
  segments["deleted"] = { ...segment("deleted", []), deleted: true };
  return segments;
}

interface Choices {
  readonly random: Random;
  readonly wildness: Wildness;
}

function randomSegment(
  { random, wildness }: Choices,
  key: string,
  rules: readonly object[],
): object {
  const list = (kind: string) => ({
    ...(kind === "user" && wildness === "any" ? {} : { contextKind: kind }),
    values: random.several(6, () => random.pick(keys)),
  });
  return {
    key,
    version: 1 + random.below(1000),
    ...random.sometimes(0.5, { included: list("user").values }),
    ...random.sometimes(0.4, { excluded: list("user").values }),
    ...random.sometimes(0.2, { includedContexts: [list(random.pick(kinds))] }),
    ...random.sometimes(0.2, { excludedContexts: [list(random.pick(kinds))] }),
    ...(rules.length > 0 ? { rules } : random.sometimes(0.5, { rules: [] })),
    ...random.sometimes(0.9, { salt: random.pick(["", "salt", "Salz-ä"]) }),
  };
}

/** Rules whose clauses can be read; what they bucket by, only where that is asked to be sound. */
function plainRules(random: Random, wildness: Wildness, buckets: Wildness): object[] {
  return Array.from({ length: random.below(3) }, () => {
    const kind = kindMember(random, wildness, "rolloutContextKind");
    const isLiteral = !("rolloutContextKind" in kind) || kind.rolloutContextKind === null;
    const weight = random.pick([0, 1, 25_000, 50_000, 99_999, 100_000]);
    const by = { bucketBy: bucketBy(random, isLiteral, buckets) };
    return {
      ...random.sometimes(0.5, { id: "a-rule" }),
      ...clauses(random, wildness),
      ...(random.chance(0.6) ? { ...kind, weight, ...random.sometimes(0.6, by) } : {}),
    };
  });
}

function clauses(random: Random, wildness: Wildness): object {
  if (wildness === "any" && random.chance(0.03)) {
    return random.pick<object>([{}, { clauses: null }, { clauses: [] }]);
  }
  return { clauses: random.several(2, () => randomClause(random, wildness)) };
}
