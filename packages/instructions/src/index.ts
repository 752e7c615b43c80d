export { applyFlagInstructions, environmentOf, needsEnvironment } from "./apply-flag.ts";
export { applySegmentInstructions, newSegmentState } from "./apply-segment.ts";
export {
  applyToMembership,
  type BigSegmentMembership,
  differenceOfMemberships,
  isMembershipInstruction,
  keysOfMembership,
} from "./big-segment-membership.ts";
export { type Delivery, deliveredFlag, deliveredSegment } from "./delivered.ts";
export { describeFlagInstruction, describeFlagInstructions, inWords } from "./describe-flag.ts";
export { describeSegmentInstruction } from "./describe-segment.ts";
export { expiredTargets, withLiveTargets } from "./expiring-targets.ts";
export { differenceOfFlags, invertFlagInstructions } from "./flag-difference.ts";
export { FlagInstruction } from "./flag-instruction.ts";
export { nearest } from "./nearest.ts";
export {
  type NewFlag,
  newFlagConfiguration,
  newFlagState,
  problemOfVariations,
} from "./new-flag.ts";
export {
  type InstructionContext,
  type InstructionError,
  isInstructionError,
  isSame,
} from "./outcome.ts";
export { differenceOfSegments, invertSegmentInstructions } from "./segment-difference.ts";
export { expiredSegmentTargets } from "./segment-expiry.ts";
export { SegmentInstruction } from "./segment-instruction.ts";
export {
  type ClauseWords,
  clauseSentence,
  flagSentences,
  ruleSentence,
  serveSentence,
  variationName,
} from "./sentences.ts";
export { simplifyFlagInstructions } from "./simplify.ts";
export type {
  CustomProperty,
  ExpiringSegmentTarget,
  ExpiringTarget,
  FlagConfiguration,
  FlagMigration,
  FlagPrerequisite,
  FlagRule,
  FlagState,
  FlagTarget,
  FlagVariation,
  RuleClause,
  SegmentState,
  SegmentStateRule,
  SegmentStateTarget,
  Serve,
  Split,
  SplitWeight,
} from "./state.ts";
export { configurationIn } from "./state.ts";
