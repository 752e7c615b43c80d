import { type FlagState, isSame } from "@halyard/instructions";
import { type Rebase, rebase } from "../../drafts/rebase.ts";
import type { DraftState } from "./draft-state.ts";
import { fitting, type Instructions } from "./steps.ts";

/** How a draft stands to the flag as the server has it. */
export interface Standing {
  readonly drafted: FlagState;
  /** What can be saved over the flag as it is. */
  readonly instructions: Instructions;
  /** Present where the flag has changed since the draft was begun. */
  readonly rebased?: Rebase;
}

export function standingOf(
  { base, steps, choices }: DraftState,
  saved: FlagState,
  environmentKey: string,
): Standing {
  const { now } = steps;
  if (base === undefined || now.length === 0) return { drafted: saved, instructions: now };
  if (isSame(base, saved))
    return { drafted: fitting(saved, now, environmentKey), instructions: now };
  const rebased = rebase({ base, environmentKey, instructions: now }, saved, choices);
  const { instructions } = rebased;
  return { drafted: fitting(saved, instructions, environmentKey), instructions, rebased };
}
