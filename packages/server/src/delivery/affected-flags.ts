import type { Clause, Flag, Segment } from "@halyard/evaluation";
import type { Item } from "../changes/feed.ts";

/**
 * The keys of the flags whose results may change with the items: these flags, and those that ask for
 * them or for one of these segments, directly or not.
 */
export function affectedFlags(
  changed: readonly Item[],
  { flags, segments }: { flags: readonly Flag[]; segments: readonly Segment[] },
): readonly string[] {
  const asked = [
    ...flags.map((flag) => [`flag ${flag.key}`, askedByFlag(flag)] as const),
    ...segments.map(({ key, rules }) => [`segment ${key}`, askedByRules(rules)] as const),
  ];
  const users = new Map<string, string[]>();
  for (const [user, names] of asked) {
    for (const name of names) users.set(name, [...(users.get(name) ?? []), user]);
  }
  const reached = new Set(changed.map(({ kind, key }) => `${kind} ${key}`));
  for (const name of reached) for (const user of users.get(name) ?? []) reached.add(user);
  return [...reached]
    .filter((name) => name.startsWith("flag "))
    .map((name) => name.slice("flag ".length));
}

function askedByFlag({ prerequisites, rules }: Flag): readonly string[] {
  return [...(prerequisites ?? []).map(({ key }) => `flag ${key}`), ...askedByRules(rules)];
}

/** The segments that rules ask for. */
function askedByRules(
  rules: readonly { readonly clauses?: readonly Clause[] | null }[] | null | undefined,
): readonly string[] {
  return (rules ?? []).flatMap(({ clauses }) =>
    (clauses ?? [])
      .filter(({ op }) => op === "segmentMatch")
      .flatMap(({ values }) => (values ?? []).map((key) => `segment ${String(key)}`)),
  );
}
