export { parseReference, valueAt } from "./attribute-reference.ts";
export { basisOf } from "./basis.ts";
export { placeOf } from "./bucket.ts";
export {
  Context,
  type ContextError,
  IndividualContext,
  isContextError,
  kindOfSimpleContext,
  parseContext,
  type SimpleContext,
} from "./context.ts";
export {
  type Explanation,
  errorResult,
  evaluate,
  evaluatePrepared,
  explain,
  isExperiment,
  mayBeExperiment,
} from "./evaluate.ts";
export type { ExplanationStep, FailedClause } from "./explanation-step.ts";
export { type PreparedFlag, prepared } from "./flag.ts";
export type {
  Clause,
  ClientSideAvailability,
  Flag,
  Json,
  JsonObject,
  Operator,
  Prerequisite,
  Rollout,
  Segment,
  SegmentRule,
  SegmentTarget,
  Target,
  TargetingRule,
  VariationOrRollout,
  WeightedVariation,
} from "./model.ts";
export { problemOfPattern } from "./pattern.ts";
export type { Basis, BigSegmentsStatus, ErrorKind, EvaluationResult, Reason } from "./reason.ts";
export type {
  BigSegmentsAnswer,
  EvaluationStore,
  OnPrerequisite,
} from "./run.ts";
