import {
  applyFlagInstructions,
  describeFlagInstructions,
  differenceOfFlags,
  type FlagInstruction,
  type FlagState,
  isInstructionError,
  simplifyFlagInstructions,
} from "@halyard/instructions";
import { changedEnvironments } from "./changed-environments.ts";
import { takenBack } from "./taken-back.ts";
import type { Sides } from "./taken-back-lists.ts";

/** What taking a change back would do to the flag as it is today. */
export interface RevertPlan {
  readonly today: FlagState;
  /** The flag afterwards; today's where nothing can be done. */
  readonly outcome: FlagState;
  readonly instructions: readonly FlagInstruction[];
  readonly words: readonly string[];
  /** The environments whose configuration changes. */
  readonly environments: readonly string[];
  /** Parts that others have changed since, which stay. */
  readonly contested: readonly string[];
  /** Why the rest cannot be done either. */
  readonly obstacle?: string;
}

export function revertPlan(change: Sides<FlagState>): RevertPlan {
  const { today } = change;
  const { flag, contested } = takenBack(change);
  return { ...planTo(today, flag), contested };
}

/** The same for the way back to a state: of everything, or of one environment. */
export function planTo(today: FlagState, wanted: FlagState): RevertPlan {
  const environments = changedEnvironments(today, wanted);
  const [only] = environments;
  const named = environments.length > 1;
  const context = {
    newId: () => crypto.randomUUID(),
    ...(only === undefined ? {} : { environmentKey: only }),
  };
  const all = differenceOfFlags(today, wanted, ...environments);
  const instructions = simplifyFlagInstructions(all, today, context);
  const outcome = applyFlagInstructions(today, instructions, context);
  const base = { today, instructions, environments, contested: [] };
  const words = describeFlagInstructions(instructions, today, named ? undefined : only);
  if (isInstructionError(outcome))
    return { ...base, words, outcome: today, obstacle: outcome.message };
  return { ...base, words, outcome };
}

/** The semantic patch of a plan. */
export function patchOf({ instructions, environments }: RevertPlan, comment: string) {
  const [environmentKey] = environments;
  return {
    instructions,
    ...(environmentKey === undefined ? {} : { environmentKey }),
    ...(comment === "" ? {} : { comment }),
  };
}
