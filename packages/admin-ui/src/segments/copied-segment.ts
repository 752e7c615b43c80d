import type { SegmentRepresentation } from "./segment-representation.ts";

/** The instructions that fill a new segment with who is in another one. Members of a big segment are not part of it. */
export function fillingInstructions(segment: SegmentRepresentation): readonly object[] {
  const { included, excluded, includedContexts, excludedContexts, rules } = segment;
  const users = (values: readonly string[]) => [{ contextKind: "user", values }];
  const added = (kind: string, targets: readonly { readonly values: readonly string[] }[]) =>
    targets.filter(({ values }) => values.length > 0).map((target) => ({ kind, ...target }));
  return [
    ...added("addIncludedTargets", [...users(included), ...includedContexts]),
    ...added("addExcludedTargets", [...users(excluded), ...excludedContexts]),
    ...rules.map(({ _id: _, clauses, ...rule }) => ({
      kind: "addRule",
      ...rule,
      clauses: clauses.map(({ _id: __, ...clause }) => clause),
    })),
  ];
}
