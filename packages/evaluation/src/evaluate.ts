import { listOf } from "./clause.ts";
import type { Context } from "./context.ts";
import type { ExplanationStep } from "./explanation-step.ts";
import { type PreparedFlag, prepared, walk } from "./flag.ts";
import type { Flag, VariationOrRollout } from "./model.ts";
import type { ErrorKind, EvaluationResult, Reason } from "./reason.ts";
import { type EvaluationStore, MalformedFlag, type OnPrerequisite, type Run } from "./run.ts";
import { isInSegment } from "./segment.ts";

/** An evaluation's result with every step that led to it. */
export interface Explanation {
  readonly result: EvaluationResult;
  readonly steps: readonly ExplanationStep[];
}

/** What a context gets from a flag, and why. Never throws. */
export function evaluate(
  flag: Flag,
  context: Context,
  store: EvaluationStore,
  onPrerequisite?: OnPrerequisite,
): EvaluationResult {
  return evaluatePrepared(prepared(flag), context, store, onPrerequisite);
}

/** {@link evaluate} for those who keep the flag {@link prepared}. */
export function evaluatePrepared(
  flag: PreparedFlag,
  context: Context,
  store: EvaluationStore,
  onPrerequisite?: OnPrerequisite,
): EvaluationResult {
  return flag.constant ?? guarded(flag, newRun(context, store, onPrerequisite, undefined));
}

/** What {@link evaluate} gives, and each step it took. Never throws. */
export function explain(flag: Flag, context: Context, store: EvaluationStore): Explanation {
  const steps: ExplanationStep[] = [];
  const onStep = (step: ExplanationStep): void => {
    steps.push(step);
  };
  return { result: guarded(prepared(flag), newRun(context, store, undefined, onStep)), steps };
}

/** The result where evaluation was not possible; the caller's fallback takes the value's place. */
export function errorResult(errorKind: ErrorKind): EvaluationResult {
  return { value: null, variationIndex: null, reason: { kind: "ERROR", errorKind } };
}

/** Whether a result counts as an experiment's, so that its events are sent in full. */
export function isExperiment(flag: Flag, reason: Reason): boolean {
  if (reason.kind === "FALLTHROUGH") {
    return reason.inExperiment === true || flag.trackEventsFallthrough === true;
  }
  if (reason.kind !== "RULE_MATCH") return false;
  return reason.inExperiment === true || flag.rules?.[reason.ruleIndex]?.trackEvents === true;
}

/** Whether {@link isExperiment} is true for any result that the flag can give. */
export function mayBeExperiment({ fallthrough, rules, trackEventsFallthrough }: Flag): boolean {
  const runsOne = (serving: VariationOrRollout | null | undefined) =>
    serving?.rollout?.kind === "experiment";
  if (trackEventsFallthrough === true || runsOne(fallthrough)) return true;
  return listOf(rules).some((rule) => rule?.trackEvents === true || runsOne(rule));
}

function newRun(
  context: Context,
  store: EvaluationStore,
  onPrerequisite: OnPrerequisite | undefined,
  onStep: Run["onStep"],
): Run {
  return {
    context,
    store,
    onPrerequisite,
    onStep,
    flags: undefined,
    segments: undefined,
    big: undefined,
    isInSegment,
  };
}

function guarded(flag: PreparedFlag, run: Run): EvaluationResult {
  let result: EvaluationResult;
  try {
    result = walk(flag, run);
  } catch (error) {
    // The promise to the app is an answer, whatever arrived: data of a wrong shape ends up here.
    result = errorResult(error instanceof MalformedFlag ? "MALFORMED_FLAG" : "EXCEPTION");
  }
  const bigSegmentsStatus = run.big?.status;
  if (bigSegmentsStatus === undefined) return result;
  return { ...result, reason: { ...result.reason, bigSegmentsStatus } };
}
