import type { Json } from "@halyard/evaluation";
import type { Random } from "./random.ts";
import {
  brokenClause,
  bucketBy,
  kindMember,
  randomClause,
  segmentClause,
  type Wildness,
} from "./random-clause.ts";
import { randomSegments, simpleSegmentKeys, wildSegmentKeys } from "./random-segment.ts";
import { anyValue, keys, kinds } from "./values.ts";

/** What a server sends to SDKs, as JSON has it. */
export interface FlagSet {
  readonly flags: Readonly<Record<string, object>>;
  readonly segments: Readonly<Record<string, object>>;
}

const plainKeys = ["flag-0", "flag-1", "constructor", "flag.3", "flag_4", "toString"] as const;
/** Flags that require each other in a circle. */
const ringKeys = ["ring-0", "ring-1", "ring-2"] as const;

/**
 * Flags and segments that require each other, the same for the same choices.
 *
 * LaunchDarkly's SDK for Node goes on after some errors and forgets them if what follows is well:
 * a requirement that closes a circle, and a clause that cannot be read or asks for a segment that
 * reaches itself. These come last in their list, where all SDKs agree on what they lead to.
 * Left out, too, are members of a type that the protocol does not allow, among them fractional
 * variations and empty context kinds, and lists that it demands (`variations`, and the `values` of
 * targets and clauses) but are not there: the SDK throws, or each does as its language does.
 */
export function randomFlagSet(random: Random, wildness: Wildness): FlagSet {
  const flags: Record<string, object> = {};
  for (const [index, key] of plainKeys.entries()) {
    // What the circle asks for must not lead back into it.
    const wild = index < 3 ? ["ring-0", "gone"] : ["gone"];
    const later = [...plainKeys.slice(index + 1), ...(wildness === "any" ? wild : [])];
    flags[key] = randomFlag(random, key, wildness, requirements(random, later, wildness));
  }
  if (wildness === "any" && random.chance(0.3)) {
    for (const [index, key] of ringKeys.entries()) {
      const next = ringKeys[(index + 1) % ringKeys.length] ?? key;
      const before = requirements(random, ["flag_4", "toString"], wildness);
      const closing = { key: random.chance(0.9) ? next : key, variation: random.below(3) };
      flags[key] = randomFlag(random, key, wildness, [...before, closing]);
    }
  }
  return { flags, segments: randomSegments(random, wildness) };
}

function requirements(random: Random, of: readonly string[], wildness: Wildness): object[] {
  if (of.length === 0 || random.chance(0.7)) return [];
  const chosen = new Set(random.several(2, () => random.pick(of)));
  return [...chosen].map((key) => {
    if (wildness === "any" && random.chance(0.15)) return { key, variation: null };
    // Most flags have few variations, so that the first is asked for most.
    return { key, ...variationMember(random, 2, wildness) };
  });
}

/** An index of a variation that is there, or rarely one that is not. */
function variationMember(random: Random, count: number, wildness: Wildness): object {
  if (wildness === "any" && random.chance(0.02)) {
    return random.pick<object>([{ variation: 9 }, { variation: -1 }, { variation: null }, {}]);
  }
  return { variation: random.below(wildness === "any" ? count : Math.min(count, 2)) };
}

function randomFlag(
  random: Random,
  key: string,
  wildness: Wildness,
  prerequisites: readonly object[],
): object {
  const variations: Json[] = random.several(4, () => anyValue(random));
  if (wildness === "sound") variations.push("another", "one more");
  else if (random.chance(0.02)) variations.length = 0;
  const count = Math.max(variations.length, 1);
  const ofUsers = targets(random, count, wildness);
  const ofContexts = contextTargets(random, count, wildness);
  const optional = {
    prerequisites,
    targets: ofUsers,
    contextTargets: wildness === "sound" ? placed(ofUsers, ofContexts) : ofContexts,
    rules: rules(random, count, wildness),
    salt: random.pick(["", "salt", "Salz-ä", "\u{1F9C2}"]),
  };
  return {
    key,
    version: 1 + random.below(1000),
    on: random.chance(0.9),
    variations,
    trackEvents: random.chance(0.1),
    ...(wildness === "sound" ? optional : random.sometimes(0.95, optional)),
    ...offVariation(random, count, wildness),
    ...fallthrough(random, count, wildness),
  };
}

function offVariation(random: Random, count: number, wildness: Wildness): object {
  if (random.chance(0.2)) return random.pick([{}, { offVariation: null }]);
  const offVariation = wildness === "any" && random.chance(0.03) ? count + 1 : random.below(count);
  return { offVariation };
}

function fallthrough(random: Random, count: number, wildness: Wildness): object {
  if (wildness === "any" && random.chance(0.04)) {
    return random.pick<object>([
      {},
      { fallthrough: null },
      { fallthrough: {} },
      { fallthrough: { variation: null } },
      { fallthrough: { rollout: {} } },
      { fallthrough: { rollout: { variations: [] } } },
    ]);
  }
  return { fallthrough: serving(random, count, wildness) };
}

function serving(random: Random, count: number, wildness: Wildness): object {
  if (random.chance(0.5)) return variationMember(random, count, wildness);
  const variation = wildness === "any" ? random.pick([{}, {}, { variation: null }]) : {};
  return { ...variation, rollout: rollout(random, count, wildness) };
}

function rollout(random: Random, count: number, wildness: Wildness): object {
  const kind = kindMember(random, wildness);
  const isLiteral = !("contextKind" in kind) || kind.contextKind === null;
  // A server runs experiments by their own rules.
  const isExperiment = wildness === "any" && random.chance(0.35);
  return {
    ...kind,
    ...(isExperiment ? { kind: "experiment" } : random.sometimes(0.3, { kind: "rollout" })),
    ...random.sometimes(0.4, { bucketBy: bucketBy(random, isLiteral, wildness) }),
    ...random.sometimes(0.3, { seed: random.pick([61, 1, 0, -7, 2 ** 31, 2 ** 53 - 1]) }),
    variations: weights(random, wildness).map((weight, at) => ({
      // A server gives each variation one weight.
      ...(wildness === "sound" ? { variation: at } : variationMember(random, count, wildness)),
      weight,
      ...random.sometimes(0.3, { untracked: random.chance(0.5) }),
    })),
  };
}

/**
 * Of an experiment that gives no weight to anybody LaunchDarkly's SDK counts those who lack the
 * kind, so one weight at least is above 0.
 */
function weights(random: Random, wildness: Wildness): number[] {
  if (wildness === "sound" || random.chance(0.5)) {
    const first = random.below(100_001);
    return [first, 100_000 - first];
  }
  const odd = random.several(5, () => random.pick([0, 1, 10, 33_333, 50_000, 99_999, 100_000]));
  return odd.some((weight) => weight > 0) ? odd : [...odd, 5];
}

interface Target {
  readonly contextKind?: string;
  readonly values: readonly string[];
}

function targets(random: Random, count: number, wildness: Wildness): Target[] {
  if (random.chance(0.6)) return [];
  return Array.from({ length: 1 + random.below(3) }, (_, at) => ({
    ...(random.chance(0.3) ? { contextKind: "user" } : {}),
    ...(wildness === "sound" ? { variation: at } : variationMember(random, count, wildness)),
    values: targetKeys(random, wildness, at),
  }));
}

/** Keys for the list at a place: a server keeps a context in one list of a flag, and once. */
function targetKeys(random: Random, wildness: Wildness, at: number): readonly string[] {
  if (wildness === "any") return random.several(4, () => random.pick(keys));
  return keys.filter((_, index) => index % 3 === at && random.chance(0.4));
}

/** Context targets with an entry without keys for each list of users. */
function placed(ofUsers: readonly Target[], ofContexts: readonly object[]): readonly object[] {
  if (ofContexts.length === 0) return [];
  return [
    ...ofContexts,
    ...ofUsers.map((target) => ({ ...target, contextKind: "user", values: [] })),
  ];
}

/** Where there are any, they say the order of the lists of users too, by entries without keys. */
function contextTargets(random: Random, count: number, wildness: Wildness): Target[] {
  if (random.chance(0.7)) return [];
  return Array.from({ length: 1 + random.below(3) }, (_, at) => {
    const kind = random.pick(wildness === "any" ? kinds : kinds.slice(1));
    const keysOfUsers = random.chance(0.7) ? [] : ["key-1", "key-2"];
    return {
      contextKind: kind,
      ...(wildness === "sound" ? { variation: at } : variationMember(random, count, wildness)),
      values: kind === "user" ? keysOfUsers : targetKeys(random, wildness, at),
    };
  });
}

function rules(random: Random, count: number, wildness: Wildness): object[] {
  if (random.chance(0.15)) return [];
  return Array.from({ length: 1 + random.below(6) }, (_, index) => ({
    ...(wildness === "sound"
      ? { id: `rule-${index}` }
      : random.sometimes(0.8, { id: `rule-${index}` })),
    ...clauses(random, wildness),
    ...serving(random, count, wildness),
    ...random.sometimes(0.3, { trackEvents: random.chance(0.5) }),
  }));
}

function clauses(random: Random, wildness: Wildness): object {
  if (wildness === "any" && random.chance(0.03)) {
    return random.pick<object>([{}, { clauses: null }, { clauses: [] }]);
  }
  const made = random.several(2, () =>
    random.chance(0.2) ? segmentClause(random, simpleSegmentKeys) : randomClause(random, wildness),
  );
  const last = random.below(100);
  if (last < 10) made.push(segmentClause(random, wildSegmentKeys));
  else if (last < 13 && wildness === "any") made.push(brokenClause(random));
  return { clauses: made };
}
