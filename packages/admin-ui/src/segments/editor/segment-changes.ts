import type {
  RuleClause,
  SegmentInstruction,
  SegmentState,
  SegmentStateRule,
} from "@halyard/instructions";
import { keysIn, kindsIn, type List } from "./segment-state.ts";

type Instructions = readonly SegmentInstruction[];

/**
 * The instructions that make one segment the other. They say no more than what is different, so that they
 * still fit where somebody else has changed another part, and each reads as what was done.
 */
export function segmentChanges(before: SegmentState, after: SegmentState): Instructions {
  return [
    ...listChanges(before, after, "included"),
    ...listChanges(before, after, "excluded"),
    ...ruleChanges(before.rules, after.rules),
  ];
}

const listKinds = {
  included: { add: "addIncludedTargets", remove: "removeIncludedTargets" },
  excluded: { add: "addExcludedTargets", remove: "removeExcludedTargets" },
} as const;

function listChanges(before: SegmentState, after: SegmentState, list: List): Instructions {
  const kinds = new Set([...kindsIn(before, list), ...kindsIn(after, list)]);
  return [...kinds].flatMap((contextKind) => {
    const was = new Set(keysIn(before, list, contextKind));
    const is = new Set(keysIn(after, list, contextKind));
    return [
      { kind: listKinds[list].remove, contextKind, values: [...was].filter((key) => !is.has(key)) },
      { kind: listKinds[list].add, contextKind, values: [...is].filter((key) => !was.has(key)) },
    ].filter(({ values }) => values.length > 0);
  });
}

function ruleChanges(
  before: readonly SegmentStateRule[],
  after: readonly SegmentStateRule[],
): Instructions {
  const known = new Map(before.map((rule) => [rule.id, rule]));
  const kept = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !kept.has(id));
  const come = after.filter(({ id }) => !known.has(id));
  // As they stand once rules have gone and come, and before they are put in order.
  const order = [...before.filter(({ id }) => kept.has(id)), ...come].map(({ id }) => id);
  const wanted = after.map(({ id }) => id);
  return [
    ...gone.map(({ id }) => ({ kind: "removeRule" as const, ruleId: id })),
    ...after.flatMap((rule) => {
      const was = known.get(rule.id);
      return was === undefined ? [] : changesOfRule(was, rule);
    }),
    ...come.map(addRule),
    ...(isSameOrder(order, wanted) ? [] : [{ kind: "reorderRules" as const, ruleIds: wanted }]),
  ];
}

function addRule({ id, clauses, ...rule }: SegmentStateRule): SegmentInstruction {
  return { kind: "addRule", ruleId: id, ...rule, clauses: clauses.map(clauseInput) };
}

function changesOfRule(before: SegmentStateRule, after: SegmentStateRule): Instructions {
  const ruleId = after.id;
  const known = new Map(before.clauses.map((clause) => [clause.id, clause]));
  const kept = new Set(after.clauses.map(({ id }) => id));
  const gone = before.clauses.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  const come = after.clauses.filter(({ id }) => !known.has(id));
  const changed = after.clauses.filter((clause) => {
    const was = known.get(clause.id);
    return was !== undefined && !isSameClause(was, clause);
  });
  const { description = "", weight = everyone } = after;
  const contextKind = after.rolloutContextKind ?? "user";
  const isSameShare =
    weight === (before.weight ?? everyone) && contextKind === (before.rolloutContextKind ?? "user");
  return [
    ...(description === (before.description ?? "")
      ? []
      : [{ kind: "updateRuleDescription" as const, ruleId, description }]),
    ...changed.map((clause) => ({
      kind: "updateClause" as const,
      ruleId,
      clauseId: clause.id,
      clause: clauseInput(clause),
    })),
    ...(gone.length === 0 ? [] : [{ kind: "removeClauses" as const, ruleId, clauseIds: gone }]),
    ...(come.length === 0
      ? []
      : [{ kind: "addClauses" as const, ruleId, clauses: come.map(clauseInput) }]),
    ...(isSameShare
      ? []
      : [{ kind: "updateRuleRolloutAndContextKind" as const, ruleId, weight, contextKind }]),
  ];
}

/** In thousandths of a percent. */
export const everyone = 100_000;

function clauseInput({ id, values, ...clause }: RuleClause) {
  return { _id: id, ...clause, values: [...values] };
}

function isSameClause(a: RuleClause, b: RuleClause): boolean {
  const shape = ({ contextKind = "user", attribute, op, negate, values }: RuleClause) =>
    JSON.stringify([contextKind, attribute, op, negate, values]);
  return shape(a) === shape(b);
}

function isSameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.every((id, at) => id === b[at]);
}
