import {
  applyFlagInstructions,
  type FlagInstruction,
  type FlagState,
  isInstructionError,
  type SegmentInstruction,
} from "@halyard/instructions";
import { type ChangedPart, flagChange } from "../change-words/change-in-words.ts";

/** Something that is to be done to a flag or segment, now or later. */
export interface PlannedChange {
  readonly project: string;
  readonly environment: string;
  readonly kind: "flag" | "segment";
  readonly key: string;
  readonly instructions: readonly { readonly kind: string }[];
  /** When it was decided on, in Unix milliseconds. */
  readonly since: number;
  /** What is to be done to it before, in order. */
  readonly earlier?: readonly Pick<PlannedChange, "environment" | "instructions">[];
  /** It has been made already: what was asked for is told, not what it would do. */
  readonly isDone?: boolean;
}

interface Outcome {
  readonly parts: readonly ChangedPart[];
  /** Why it cannot be done to the flag as it is. */
  readonly problem?: string;
}

/** What would come of it, were it made to the flag as it is today. */
export function outcomeOf(change: PlannedChange, today: FlagState): Outcome {
  const before = (change.earlier ?? []).reduce((flag, one) => {
    const next = after(flag, one);
    return isInstructionError(next) ? flag : next;
  }, today);
  const outcome = after(before, change);
  return isInstructionError(outcome)
    ? { parts: [], problem: outcome.message }
    : { parts: flagChange(before, outcome) };
}

function after(
  flag: FlagState,
  { instructions, environment }: Pick<PlannedChange, "environment" | "instructions">,
) {
  let made = 0;
  // Only to show it: what is done is applied by the server, which gives ids of its own.
  const context = { environmentKey: environment, newId: () => `planned-${made++}` };
  return applyFlagInstructions(flag, instructions.filter(isFlagInstruction), context);
}

/** What makes or deletes the whole thing stands alone; all others the server took for what they are. */
export function isFlagInstruction(instruction: {
  readonly kind: string;
}): instruction is FlagInstruction {
  return !["createFlag", "deleteFlag"].includes(instruction.kind);
}

export function isSegmentInstruction(instruction: {
  readonly kind: string;
}): instruction is SegmentInstruction {
  return !["createSegment", "deleteSegment"].includes(instruction.kind);
}
