import type { SegmentState } from "@halyard/instructions";
import type { SegmentRepresentation } from "../segment-representation.ts";

/** The state that is edited, of a segment as REST shows it. The salt is not shown, and is no part of editing. */
export function segmentStateOf(segment: SegmentRepresentation): SegmentState {
  const { unboundedContextKind } = segment;
  return {
    key: segment.key,
    name: segment.name,
    description: segment.description,
    tags: segment.tags,
    salt: "",
    included: segment.included,
    excluded: segment.excluded,
    includedContexts: segment.includedContexts,
    excludedContexts: segment.excludedContexts,
    rules: segment.rules.map(({ _id: id, clauses, ...rule }) => ({
      id,
      ...rule,
      clauses: clauses.map(({ _id, ...clause }) => ({ id: _id, ...clause })),
    })),
    unbounded: segment.unbounded,
    ...(unboundedContextKind === undefined ? {} : { unboundedContextKind }),
    generation: segment.generation,
  };
}

export type List = "included" | "excluded";

/** The keys of a kind that are listed. */
export function keysIn(segment: SegmentState, list: List, kind: string): readonly string[] {
  if (kind === "user") return segment[list];
  return targetsIn(segment, list).find(({ contextKind }) => contextKind === kind)?.values ?? [];
}

/** The kinds of which anybody is listed. */
export function kindsIn(segment: SegmentState, list: List): readonly string[] {
  const others = targetsIn(segment, list).filter(({ values }) => values.length > 0);
  return [
    ...(segment[list].length > 0 ? ["user"] : []),
    ...others.map(({ contextKind }) => contextKind),
  ];
}

/** The segment with these keys of a kind listed. Who comes into one list leaves the other: nobody is in both. */
export function withKeys(
  segment: SegmentState,
  list: List,
  { kind, keys }: { readonly kind: string; readonly keys: readonly string[] },
): SegmentState {
  const other: List = list === "included" ? "excluded" : "included";
  const added = keys.filter((key) => !keysIn(segment, list, kind).includes(key));
  const left = keysIn(segment, other, kind).filter((key) => !added.includes(key));
  return setKeys(setKeys(segment, list, { kind, keys }), other, { kind, keys: left });
}

function setKeys(
  segment: SegmentState,
  list: List,
  { kind, keys }: { readonly kind: string; readonly keys: readonly string[] },
): SegmentState {
  if (kind === "user") return { ...segment, [list]: keys };
  const targets = targetsIn(segment, list);
  const isKnown = targets.some(({ contextKind }) => contextKind === kind);
  const changed = isKnown
    ? targets.map((one) => (one.contextKind === kind ? { ...one, values: keys } : one))
    : [...targets, { contextKind: kind, values: keys }];
  const name = list === "included" ? "includedContexts" : "excludedContexts";
  return { ...segment, [name]: changed.filter(({ values }) => values.length > 0) };
}

function targetsIn(segment: SegmentState, list: List) {
  return list === "included" ? segment.includedContexts : segment.excludedContexts;
}
