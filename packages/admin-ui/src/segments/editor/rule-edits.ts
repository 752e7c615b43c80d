import type { RuleClause, SegmentState, SegmentStateRule } from "@halyard/instructions";

/** A rule to be filled in: until its condition has values nobody matches it. */
export function newRule(ids: {
  readonly ruleId: string;
  readonly clauseId: string;
}): SegmentStateRule {
  return { id: ids.ruleId, clauses: [newClause(ids.clauseId)] };
}

/** About the key: every context has one. */
export function newClause(id: string): RuleClause {
  return { id, contextKind: "user", attribute: "key", op: "in", negate: false, values: [] };
}

export function withRule(
  segment: SegmentState,
  id: string,
  change: (rule: SegmentStateRule) => SegmentStateRule,
): SegmentState {
  return { ...segment, rules: segment.rules.map((rule) => (rule.id === id ? change(rule) : rule)) };
}

export function withoutRule(segment: SegmentState, id: string): SegmentState {
  return { ...segment, rules: segment.rules.filter((rule) => rule.id !== id) };
}

/** The rule at another place, counted from 0. */
export function withRuleAt(segment: SegmentState, id: string, place: number): SegmentState {
  const rule = segment.rules.find((one) => one.id === id);
  if (rule === undefined) return segment;
  const others = segment.rules.filter((one) => one.id !== id);
  return { ...segment, rules: others.toSpliced(place, 0, rule) };
}

/** The same rule once more, behind it. */
export function withCopy(segment: SegmentState, id: string, newId: () => string): SegmentState {
  const at = segment.rules.findIndex((rule) => rule.id === id);
  const rule = segment.rules[at];
  if (rule === undefined) return segment;
  const clauses = rule.clauses.map((clause) => ({ ...clause, id: newId() }));
  return {
    ...segment,
    rules: segment.rules.toSpliced(at + 1, 0, { ...rule, id: newId(), clauses }),
  };
}
