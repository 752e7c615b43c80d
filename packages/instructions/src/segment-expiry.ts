import { Refusal } from "./outcome.ts";
import type { ExpiringSegmentTarget, SegmentState } from "./state.ts";

type Named = Omit<ExpiringSegmentTarget, "expiresAt">;
type Timed = Named & { readonly value: number };

/** Says when a target ends that has no end yet. */
export function addExpiringSegmentTarget(segment: SegmentState, input: Timed): SegmentState {
  const named = nameOf(input);
  const known = expiryOf(segment, named);
  if (known !== undefined && known.expiresAt !== input.value) {
    throw new Refusal(`${words(named)} expires already; use updateExpiringTarget`);
  }
  if (segment.unbounded) {
    throw new Refusal("it is a big segment, whose members do not expire; remove them in time");
  }
  if (!isTarget(segment, named)) {
    throw new Refusal(`${words(named)} is not ${named.targetType} by name; add it first`);
  }
  if (known !== undefined) return segment;
  const added = { ...named, expiresAt: input.value };
  return withExpiringTargets(segment, [...(segment.expiringTargets ?? []), added]);
}

/** Moves the end of a target. */
export function updateExpiringSegmentTarget(segment: SegmentState, input: Timed): SegmentState {
  const named = nameOf(input);
  if (expiryOf(segment, named) === undefined) {
    throw new Refusal(`${words(named)} does not expire yet; use addExpiringTarget`);
  }
  const changed = (segment.expiringTargets ?? []).map((one) =>
    isSameTarget(one, named) ? { ...one, expiresAt: input.value } : one,
  );
  return withExpiringTargets(segment, changed);
}

/** Lets a target stay. */
export function removeExpiringSegmentTarget(segment: SegmentState, input: Named): SegmentState {
  const known = segment.expiringTargets ?? [];
  return withExpiringTargets(
    segment,
    known.filter((one) => !isSameTarget(one, input)),
  );
}

/** A segment without the expiries of contexts that are targets no longer. */
export function withLiveSegmentTargets(segment: SegmentState): SegmentState {
  const { expiringTargets } = segment;
  if (expiringTargets === undefined) return segment;
  const live = expiringTargets.filter((one) => isTarget(segment, one));
  return live.length === expiringTargets.length ? segment : withExpiringTargets(segment, live);
}

/** The targets of a segment whose time has come. */
export function expiredSegmentTargets(
  { expiringTargets }: SegmentState,
  now: number,
): readonly ExpiringSegmentTarget[] {
  return (expiringTargets ?? []).filter(({ expiresAt }) => expiresAt <= now);
}

function withExpiringTargets(
  segment: SegmentState,
  expiringTargets: readonly ExpiringSegmentTarget[],
): SegmentState {
  const { expiringTargets: _, ...rest } = segment;
  return expiringTargets.length === 0 ? rest : { ...rest, expiringTargets };
}

function nameOf({ contextKind, contextKey, targetType }: Named): Named {
  return { contextKind, contextKey, targetType };
}

function expiryOf(segment: SegmentState, named: Named): ExpiringSegmentTarget | undefined {
  return segment.expiringTargets?.find((one) => isSameTarget(one, named));
}

function isTarget(segment: SegmentState, { contextKind, contextKey, targetType }: Named): boolean {
  if (contextKind === "user") return segment[targetType].includes(contextKey);
  const targets = targetType === "included" ? segment.includedContexts : segment.excludedContexts;
  return targets.some(
    (target) => target.contextKind === contextKind && target.values.includes(contextKey),
  );
}

function isSameTarget(a: Named, b: Named): boolean {
  return (
    a.contextKind === b.contextKind &&
    a.contextKey === b.contextKey &&
    a.targetType === b.targetType
  );
}

function words({ contextKind, contextKey }: Named): string {
  return `${contextKind} "${contextKey}"`;
}
