import type { FlagInstruction, FlagState, InstructionError } from "@halyard/instructions";
import { createContext, useContext } from "react";

/** What somebody changes about a flag in an environment before it is saved. */
export interface FlagDraft {
  /** The key of the environment that the draft is about. */
  readonly environment: string;
  /** The flag as the server has it, in all environments. */
  readonly saved: FlagState;
  /** The same with the draft's instructions: what an editor shows. */
  readonly drafted: FlagState;
  /** What leads from one to the other, without what makes no difference. */
  readonly instructions: readonly FlagInstruction[];
  /**
   * Adds to the draft. New rules and clauses get ids here, which the server keeps. Gives what does not
   * fit, and changes nothing then.
   */
  readonly instruct: (...instructions: readonly FlagInstruction[]) => InstructionError | undefined;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly discard: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export const DraftContext = createContext<FlagDraft | undefined>(undefined);

/** Within the targeting of a flag only. */
export function useDraft(): FlagDraft {
  const draft = useContext(DraftContext);
  if (draft === undefined) throw new Error("useDraft is for what is within DraftProvider");
  return draft;
}
