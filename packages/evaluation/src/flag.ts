import { parseReference, valueAt } from "./attribute-reference.ts";
import { type CompiledClause, compileClauses, isOldStyle, kindOf, listOf } from "./clause.ts";
import type { Context } from "./context.ts";
import type { FailedClause } from "./explanation-step.ts";
import type { Clause, Flag, Prerequisite, TargetingRule } from "./model.ts";
import type { EvaluationResult } from "./reason.ts";
import { compileServing } from "./rollout.ts";
import { MalformedFlag, type Run } from "./run.ts";
import { offResult, type Serving, serve, servingOff, variationResult } from "./serve.ts";
import { compileTargets, type FindTarget } from "./targets.ts";

/** A flag made ready: evaluating it parses and makes nothing. */
export interface PreparedFlag {
  readonly flag: Flag;
  readonly key: string;
  readonly isOn: boolean;
  /** What every context gets; undefined where it depends on the context or on other flags. */
  readonly constant: EvaluationResult | undefined;
  readonly off: Serving;
  readonly prerequisites: readonly PreparedPrerequisite[];
  readonly target: FindTarget | undefined;
  readonly rules: readonly PreparedRule[];
  readonly fallthrough: Serving;
}

interface PreparedPrerequisite extends Prerequisite {
  /** What the flag gives where this is not met. */
  readonly failed: Serving;
  /** The required flag as it was met last: it seldom changes, and this is found at once. */
  met: PreparedFlag | undefined;
}

interface PreparedRule {
  readonly id: string | undefined;
  readonly clauses: readonly CompiledClause[];
  readonly serving: Serving;
}

const ready = new WeakMap<Flag, PreparedFlag>();

/** The flag made ready, on its first use; a changed flag is another object. Never throws. */
export function prepared(flag: Flag): PreparedFlag {
  const known = ready.get(flag);
  if (known !== undefined) return known;
  const made = prepare(flag);
  ready.set(flag, made);
  return made;
}

function prepare(flag: Flag): PreparedFlag {
  try {
    return prepareParts(flag);
  } catch (error) {
    // Data of a wrong shape: whoever evaluates the flag is told, and whoever requires it too.
    const fail = (): never => {
      throw error;
    };
    return {
      flag,
      key: flag.key,
      isOn: flag.on === true,
      constant: undefined,
      off: fail,
      prerequisites: [],
      target: fail,
      rules: [],
      fallthrough: fail,
    };
  }
}

function prepareParts(flag: Flag): PreparedFlag {
  return {
    flag,
    key: flag.key,
    isOn: flag.on === true,
    constant: constantOf(flag),
    off: servingOff(flag, { kind: "OFF" }),
    prerequisites: listOf(flag.prerequisites).map((one) => preparePrerequisite(one, flag)),
    target: compileTargets(flag),
    rules: listOf(flag.rules).map((rule, index) => prepareRule(rule, index, flag)),
    fallthrough: compileServing(flag.fallthrough, flag, (inExperiment) => ({
      kind: "FALLTHROUGH",
      ...(inExperiment ? { inExperiment } : {}),
    })),
  };
}

function constantOf(flag: Flag): EvaluationResult | undefined {
  if (flag.on !== true) return offResult(flag, { kind: "OFF" });
  const conditions: readonly (readonly unknown[] | null | undefined)[] = [
    flag.prerequisites,
    flag.targets,
    flag.contextTargets,
    flag.rules,
  ];
  const variation = flag.fallthrough?.variation;
  if (typeof variation !== "number" || conditions.some((list) => listOf(list).length > 0)) {
    return undefined;
  }
  return variationResult(flag, variation, { kind: "FALLTHROUGH" });
}

function preparePrerequisite(prerequisite: Prerequisite, flag: Flag): PreparedPrerequisite {
  const { key, variation } = prerequisite;
  const failed = servingOff(flag, { kind: "PREREQUISITE_FAILED", prerequisiteKey: key });
  return { key, variation, failed, met: undefined };
}

function prepareRule(rule: TargetingRule, ruleIndex: number, flag: Flag): PreparedRule {
  const id = rule.id ?? undefined;
  return {
    id,
    clauses: compileClauses(rule.clauses),
    serving: compileServing(rule, flag, (inExperiment) => ({
      kind: "RULE_MATCH",
      ruleIndex,
      ...(id === undefined ? {} : { ruleId: id }),
      ...(inExperiment ? { inExperiment } : {}),
    })),
  };
}

/** Evaluates a flag; malformed data ends it with {@link MalformedFlag}. */
export function walk(one: PreparedFlag, run: Run): EvaluationResult {
  const { isOn, off, prerequisites, target, rules, fallthrough } = one;
  run.onStep?.({ kind: "on", on: isOn });
  if (!isOn) return serve(off, run);
  const failed = prerequisites.length === 0 ? undefined : failedPrerequisite(one, run);
  if (failed !== undefined) return serve(failed.failed, run);
  const targeted = target?.(run.context);
  run.onStep?.({ kind: "targets", isMatch: targeted !== undefined });
  if (targeted !== undefined) return serve(targeted, run);
  for (let index = 0; index < rules.length; index += 1) {
    const rule = rules[index];
    if (rule !== undefined && matchesRule(rule, index, run)) return serve(rule.serving, run);
  }
  run.onStep?.({ kind: "fallthrough" });
  return serve(fallthrough, run);
}

function matchesRule(rule: PreparedRule, index: number, run: Run): boolean {
  const failedIndex = failedClauseIndex(rule.clauses, run);
  if (run.onStep !== undefined) {
    const failed = rule.clauses[failedIndex];
    run.onStep({
      kind: "rule",
      index,
      ...(rule.id === undefined ? {} : { id: rule.id }),
      isMatch: failed === undefined,
      ...(failed === undefined
        ? {}
        : { failed: failedClause(failed.clause, failedIndex, run.context) }),
    });
  }
  return failedIndex === -1;
}

function failedClauseIndex(clauses: readonly CompiledClause[], run: Run): number {
  for (let index = 0; index < clauses.length; index += 1) {
    if (clauses[index]?.matches(run) !== true) return index;
  }
  return -1;
}

function failedClause(clause: Clause, index: number, context: Context): FailedClause {
  const kind = kindOf(clause);
  const individual = context.individual(kind);
  const reference = parseReference(clause.attribute, isOldStyle(clause.contextKind));
  const actual =
    individual === undefined || !reference.isValid ? undefined : valueAt(individual, reference);
  return {
    index,
    contextKind: kind,
    attribute: clause.attribute ?? "",
    op: clause.op,
    ...(actual === undefined ? {} : { actual }),
  };
}

/** The first prerequisite that is not met, or undefined. */
function failedPrerequisite(
  { flag, prerequisites }: PreparedFlag,
  run: Run,
): PreparedPrerequisite | undefined {
  run.flags ??= [];
  run.flags.push(flag.key);
  try {
    for (const prerequisite of prerequisites) {
      const isMet = meetsPrerequisite(prerequisite, flag, run);
      run.onStep?.({ kind: "prerequisite", key: prerequisite.key, isMet });
      if (!isMet) return prerequisite;
    }
    return undefined;
  } finally {
    run.flags.pop();
  }
}

function meetsPrerequisite(one: PreparedPrerequisite, flag: Flag, run: Run): boolean {
  const { key, variation } = one;
  if (run.flags?.includes(key) === true) throw new MalformedFlag(`flag "${key}" requires itself`);
  const required = run.store.flag(key);
  if (required === undefined || required.deleted === true) return false;
  if (one.met?.flag !== required) one.met = prepared(required);
  // Its own steps are its own explanation, not this flag's.
  const result = one.met.constant ?? walk(one.met, withoutSteps(run));
  run.onPrerequisite?.(required, result, flag, run.context);
  // An index that is not given is not met, also where the flag gives none: both may read null.
  return (
    required.on === true && result.variationIndex !== null && result.variationIndex === variation
  );
}

function withoutSteps(run: Run): Run {
  if (run.onStep === undefined) return run;
  return { ...run, onStep: undefined };
}
