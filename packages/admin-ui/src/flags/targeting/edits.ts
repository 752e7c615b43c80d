import type {
  FlagConfiguration,
  FlagInstruction,
  FlagRule,
  FlagState,
  RuleClause,
  Serve,
} from "@halyard/instructions";
import type { Condition } from "../sentence/tokens.ts";

/** What is served, as instructions say it. */
export function servingOf(serve: Serve) {
  if ("variationId" in serve) return { variationId: serve.variationId };
  const { kind, contextKind, bucketBy, seed, weights } = serve.rollout;
  const untracked = weights.filter((one) => one.untracked === true);
  return {
    rolloutWeights: Object.fromEntries(weights.map((one) => [one.variationId, one.weight])),
    ...(contextKind === undefined ? {} : { rolloutContextKind: contextKind }),
    ...(bucketBy === undefined ? {} : { rolloutBucketBy: bucketBy }),
    ...(seed === undefined ? {} : { rolloutSeed: seed }),
    ...(kind === undefined
      ? {}
      : { experimentUntracked: untracked.map(({ variationId }) => variationId) }),
  };
}

/** A rule to be filled in: until it has values nobody matches it. */
export function newRule(
  flag: FlagState,
  ids: { ruleId: string; clauseId: string },
): FlagInstruction {
  return {
    kind: "addRule",
    ruleId: ids.ruleId,
    clauses: [newClause(ids.clauseId)],
    variationId: flag.variations[0]?.id ?? "",
  };
}

/** About the key: an attribute is needed for a condition to be one, and every context has this. */
function newClause(id: string) {
  return { _id: id, contextKind: "user", attribute: "key", op: "in", negate: false, values: [] };
}

export function newCondition(ruleId: string, clauseId: string): FlagInstruction {
  return { kind: "addClauses", ruleId, clauses: [newClause(clauseId)] };
}

/** The same rule once more, behind it. */
export function duplicateOf(
  rules: readonly FlagRule[],
  rule: FlagRule,
  naming: { readonly newId: () => string; readonly titleOf: (title: string) => string },
): FlagInstruction {
  const next = rules[rules.indexOf(rule) + 1];
  const { description, clauses, serve, trackEvents } = rule;
  return {
    kind: "addRule",
    ruleId: naming.newId(),
    ...(next === undefined ? {} : { beforeRuleId: next.id }),
    ...(description === undefined || description === ""
      ? {}
      : { description: naming.titleOf(description) }),
    clauses: clauses.map(({ id: _, values, ...clause }) => ({
      ...clause,
      _id: naming.newId(),
      values: [...values],
    })),
    trackEvents,
    ...servingOf(serve),
  };
}

/** The rules with one of them at another place; none where it stays. */
export function moveOf(
  rules: readonly FlagRule[],
  ruleId: string,
  place: number,
): FlagInstruction | undefined {
  const ids = rules.map(({ id }) => id);
  const from = ids.indexOf(ruleId);
  const to = Math.max(0, Math.min(ids.length - 1, place));
  if (from === -1 || from === to) return undefined;
  const others = ids.filter((id) => id !== ruleId);
  return { kind: "reorderRules", ruleIds: others.toSpliced(to, 0, ruleId) };
}

/** From so many values on a change names what is added or removed, so that it does not repeat them all. */
const manyValues = 50;

/** What makes the clause say the condition. */
export function conditionEdits(
  ruleId: string,
  clause: RuleClause,
  wanted: Condition,
): readonly FlagInstruction[] {
  const at = { ruleId, clauseId: clause.id };
  if (clause.values.length >= manyValues && isAboutTheSame(clause, wanted)) {
    const known = new Set(clause.values.map((value) => JSON.stringify(value)));
    const kept = new Set(wanted.values.map((value) => JSON.stringify(value)));
    const removed = clause.values.filter((value) => !kept.has(JSON.stringify(value)));
    const added = wanted.values.filter((value) => !known.has(JSON.stringify(value)));
    return [
      ...(removed.length === 0
        ? []
        : [{ kind: "removeValuesFromClause", ...at, values: removed } as const]),
      ...(added.length === 0 ? [] : [{ kind: "addValuesToClause", ...at, values: added } as const]),
    ];
  }
  const { contextKind = "user", attribute, op, negate, values } = wanted;
  return [
    {
      kind: "updateClause",
      ...at,
      clause: { contextKind, attribute, op, negate, values: [...values] },
    },
  ];
}

function isAboutTheSame(clause: RuleClause, wanted: Condition): boolean {
  return (
    clause.attribute === wanted.attribute &&
    clause.op === wanted.op &&
    clause.negate === wanted.negate &&
    (clause.contextKind ?? "user") === (wanted.contextKind ?? "user")
  );
}

export interface TargetsOf {
  readonly variationId: string;
  readonly contextKind: string;
}

/** What makes these the keys that get a variation; those that got another one get this one. */
export function targetEdits(
  { targets }: Pick<FlagConfiguration, "targets">,
  { variationId, contextKind }: TargetsOf,
  keys: readonly string[],
): readonly FlagInstruction[] {
  const ofKind = targets.filter((target) => target.contextKind === contextKind);
  const known = new Set(ofKind.find((target) => target.variationId === variationId)?.values ?? []);
  const wanted = new Set(keys);
  const added = keys.filter((key) => !known.has(key));
  const removed = [...known].filter((key) => !wanted.has(key));
  const isAdded = new Set(added);
  const elsewhere = ofKind
    .filter((target) => target.variationId !== variationId)
    .map((target) => ({ ...target, values: target.values.filter((key) => isAdded.has(key)) }))
    .filter(({ values }) => values.length > 0);
  return [
    ...elsewhere.map((target) => ({ kind: "removeTargets", ...target }) as const),
    ...(removed.length === 0
      ? []
      : [{ kind: "removeTargets", variationId, contextKind, values: removed } as const]),
    ...(added.length === 0
      ? []
      : [{ kind: "addTargets", variationId, contextKind, values: added } as const]),
  ].map((instruction) => ({ ...instruction, values: [...instruction.values] }));
}
