import { parseReference, valueAt } from "./attribute-reference.ts";
import { type CompiledClause, compileClauses, isOldStyle, kindOf, listOf } from "./clause.ts";
import type { Context } from "./context.ts";
import type { FailedClause } from "./explanation-step.ts";
import type { Clause, Flag, Json, TargetingRule } from "./model.ts";
import type { EvaluationResult, Reason } from "./reason.ts";
import { type Choose, compileServing } from "./rollout.ts";
import { MalformedFlag, type Run } from "./run.ts";
import { compileTargets } from "./targets.ts";

/** A flag made ready: evaluating it is a walk over closures. */
interface CompiledFlag {
  readonly flag: Flag;
  readonly target: (context: Context) => number | undefined;
  readonly rules: readonly CompiledRule[];
  readonly fallthrough: Choose;
}

interface CompiledRule {
  readonly id: string | undefined;
  readonly clauses: readonly CompiledClause[];
  readonly serve: Choose;
}

const compiled = new WeakMap<Flag, CompiledFlag>();

/** The flag made ready, on its first use; a changed flag is another object. */
export function compiledFlag(flag: Flag): CompiledFlag {
  const known = compiled.get(flag);
  if (known !== undefined) return known;
  const ready = {
    flag,
    target: compileTargets(flag),
    rules: listOf(flag.rules).map((rule) => compileRule(rule, flag)),
    fallthrough: compileServing(flag.fallthrough, flag),
  };
  compiled.set(flag, ready);
  return ready;
}

function compileRule(rule: TargetingRule, flag: Flag): CompiledRule {
  return {
    id: rule.id ?? undefined,
    clauses: compileClauses(rule.clauses),
    serve: compileServing(rule, flag),
  };
}

/** Evaluates a flag; malformed data ends it with {@link MalformedFlag}. */
export function walk(
  { flag, target, rules, fallthrough }: CompiledFlag,
  run: Run,
): EvaluationResult {
  run.onStep?.({ kind: "on", on: flag.on === true });
  if (flag.on !== true) return offResult(flag, { kind: "OFF" });
  const failed = failedPrerequisite(flag, run);
  if (failed !== undefined) {
    return offResult(flag, { kind: "PREREQUISITE_FAILED", prerequisiteKey: failed });
  }
  const targeted = target(run.context);
  run.onStep?.({ kind: "targets", isMatch: targeted !== undefined });
  if (targeted !== undefined) return resultOf(flag, targeted, { kind: "TARGET_MATCH" });
  for (const [ruleIndex, rule] of rules.entries()) {
    if (!matchesRule(rule, ruleIndex, run)) continue;
    const { variation, inExperiment } = rule.serve(run);
    return resultOf(flag, variation, {
      kind: "RULE_MATCH",
      ruleIndex,
      ...(rule.id === undefined ? {} : { ruleId: rule.id }),
      ...(inExperiment ? { inExperiment } : {}),
    });
  }
  run.onStep?.({ kind: "fallthrough" });
  const { variation, inExperiment } = fallthrough(run);
  return resultOf(flag, variation, {
    kind: "FALLTHROUGH",
    ...(inExperiment ? { inExperiment } : {}),
  });
}

function matchesRule(rule: CompiledRule, index: number, run: Run): boolean {
  const failedIndex = rule.clauses.findIndex(({ test }) => !test(run));
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

/** The key of the first prerequisite that is not met, or undefined. */
function failedPrerequisite(flag: Flag, run: Run): string | undefined {
  const prerequisites = listOf(flag.prerequisites);
  if (prerequisites.length === 0) return undefined;
  run.flags.push(flag.key);
  try {
    return prerequisites.find((prerequisite) => {
      const isMet = meetsPrerequisite(prerequisite, flag, run);
      run.onStep?.({ kind: "prerequisite", key: prerequisite.key, isMet });
      return !isMet;
    })?.key;
  } finally {
    run.flags.pop();
  }
}

function meetsPrerequisite(
  { key, variation }: { readonly key: string; readonly variation: number },
  flag: Flag,
  run: Run,
): boolean {
  if (run.flags.includes(key)) throw new MalformedFlag(`flag "${key}" requires itself`);
  const required = run.store.flag(key);
  if (required === undefined || required.deleted === true) return false;
  // Its own steps are its own explanation, not this flag's.
  const result = walk(compiledFlag(required), withoutSteps(run));
  run.onPrerequisite?.({ flag: required, prerequisiteOf: flag.key, result });
  return required.on === true && result.variationIndex === variation;
}

function withoutSteps(run: Run): Run {
  if (run.onStep === undefined) return run;
  return { ...run, onStep: undefined };
}

function offResult(flag: Flag, reason: Reason): EvaluationResult {
  const { offVariation } = flag;
  if (typeof offVariation !== "number") return { value: null, variationIndex: null, reason };
  return resultOf(flag, offVariation, reason);
}

function resultOf(flag: Flag, variationIndex: number, reason: Reason): EvaluationResult {
  const value: Json | undefined = listOf(flag.variations)[variationIndex];
  if (value === undefined) throw new MalformedFlag(`there is no variation ${variationIndex}`);
  return { value, variationIndex, reason };
}
