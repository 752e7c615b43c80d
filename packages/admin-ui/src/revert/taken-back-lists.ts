import { type FlagTarget, isSame } from "@halyard/instructions";

/** Something before a change, after it, and as it is today. */
export interface Sides<T> {
  readonly before: T;
  readonly after: T;
  readonly today: T;
}

/** Today's words without those that the change added, and with those that it removed. */
export function takenBackSet({
  before,
  after,
  today,
}: Sides<readonly string[]>): readonly string[] {
  const added = new Set(after.filter((one) => !before.includes(one)));
  const removed = before.filter((one) => !after.includes(one) && !today.includes(one));
  // Where nothing came since, the order of then comes back, too.
  if (isSame(today, after)) return before;
  return [...today.filter((one) => !added.has(one)), ...removed];
}

interface Known {
  readonly id: string;
}

/** The same of things with ids in an order, such as rules: each is taken back by itself, then the order. */
export function takenBackList<T extends Known>(
  { before, after, today }: Sides<readonly T[]>,
  contest: () => void,
): readonly T[] {
  if (isSame(before, after)) return today;
  if (isSame(today, after)) return before;
  const find = (list: readonly T[], id: string) => list.find((one) => one.id === id);
  const kept = today.flatMap((one) => {
    const [was, became] = [find(before, one.id), find(after, one.id)];
    if (isSame(was ?? null, became ?? null)) return [one];
    if (isSame(one, became ?? null)) return was === undefined ? [] : [was];
    if (!isSame(one, was ?? null)) contest();
    return [one];
  });
  const list = [...kept];
  for (const [at, one] of before.entries()) {
    const isBack = find(after, one.id) === undefined && find(today, one.id) === undefined;
    if (isBack) list.splice(placeAfter(list, before.slice(0, at)), 0, one);
    // The change altered what somebody has removed since.
    else if (find(today, one.id) === undefined && !isSame(one, find(after, one.id) ?? null))
      contest();
  }
  return inOrderOf({ before, after, today: list }, contest);
}

/** Behind the nearest of those that it stood behind. */
function placeAfter<T extends Known>(list: readonly T[], earlier: readonly T[]): number {
  for (const { id } of earlier.toReversed()) {
    const at = list.findIndex((one) => one.id === id);
    if (at !== -1) return at + 1;
  }
  return 0;
}

function inOrderOf<T extends Known>(
  { before, after, today }: Sides<readonly T[]>,
  contest: () => void,
): readonly T[] {
  const common = (list: readonly T[], others: readonly T[]) =>
    list.map(({ id }) => id).filter((id) => others.some((one) => one.id === id));
  if (isSame(common(before, after), common(after, before))) return today;
  const isTheirs = !isSame(common(today, after), common(after, today));
  if (isTheirs) {
    contest();
    return today;
  }
  const places = new Map(before.map(({ id }, at) => [id, at]));
  const moved = today
    .filter(({ id }) => places.has(id))
    .sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  // What is not of then stays where it stands.
  return today.map((one) => (places.has(one.id) ? (moved.shift() ?? one) : one));
}

/** Who is a target of which variation, key by key. */
export function takenBackTargets(
  { before, after, today }: Sides<readonly FlagTarget[]>,
  contest: () => void,
): readonly FlagTarget[] {
  if (isSame(before, after)) return today;
  if (isSame(today, after)) return before;
  const [was, became, is] = [
    variationsByKey(before),
    variationsByKey(after),
    variationsByKey(today),
  ];
  let targets = today;
  for (const key of new Set([...was.keys(), ...became.keys()])) {
    if (was.get(key) === became.get(key) || is.get(key) === was.get(key)) continue;
    if (is.get(key) !== became.get(key)) contest();
    else targets = given(targets, key, was.get(key));
  }
  return targets;
}

const apart = "\n";

function variationsByKey(targets: readonly FlagTarget[]): ReadonlyMap<string, string> {
  return new Map(
    targets.flatMap(({ contextKind, variationId, values }) =>
      values.map((value) => [`${contextKind}${apart}${value}`, variationId] as const),
    ),
  );
}

/** The targets with the context under the variation, or under none. */
function given(
  targets: readonly FlagTarget[],
  key: string,
  variationId: string | undefined,
): readonly FlagTarget[] {
  const [contextKind = "", value = ""] = key.split(apart);
  const isOf = (target: FlagTarget) =>
    target.contextKind === contextKind && target.variationId === variationId;
  const without = targets
    .map((target) =>
      target.contextKind === contextKind
        ? { ...target, values: target.values.filter((one) => one !== value) }
        : target,
    )
    .filter((target) => target.values.length > 0 || isOf(target));
  if (variationId === undefined) return without;
  if (without.some(isOf)) {
    return without.map((target) =>
      isOf(target) ? { ...target, values: [...target.values, value] } : target,
    );
  }
  return [...without, { contextKind, variationId, values: [value] }];
}
