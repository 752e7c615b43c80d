import {
  applySegmentInstructions,
  isInstructionError,
  type SegmentInstruction,
  type SegmentState,
} from "@halyard/instructions";
import { segmentChanges } from "./segment-changes.ts";

/** What somebody has changed and not saved yet. */
export interface SegmentDraft {
  /** The segment as it was when the draft was begun, or last carried over to a newer one. */
  readonly base: SegmentState;
  readonly state: SegmentState;
  /** Unix milliseconds. */
  readonly at: number;
}

/** A draft beside what the server has now. */
export interface CarriedDraft {
  readonly state: SegmentState;
  readonly instructions: readonly SegmentInstruction[];
  /** The segment has become another one since the draft was begun. */
  readonly isCarried: boolean;
  /** Why the draft does not fit any more. */
  readonly conflict: string | undefined;
}

/** Carries a draft over to the segment as it is now. */
export function carriedOver(saved: SegmentState, draft: SegmentDraft | undefined): CarriedDraft {
  const nothing = { isCarried: false, conflict: undefined };
  if (draft === undefined) return { ...nothing, state: saved, instructions: [] };
  const typed = segmentChanges(draft.base, draft.state);
  // What was just saved comes back from the server before the draft is put away.
  if (segmentChanges(saved, draft.state).length === 0)
    return { ...nothing, state: saved, instructions: [] };
  const sinceThen = segmentChanges(draft.base, saved);
  if (sinceThen.length === 0)
    return { ...nothing, state: draft.state, instructions: segmentChanges(saved, draft.state) };
  const state = applySegmentInstructions(saved, typed, { newId: () => crypto.randomUUID() });
  if (isInstructionError(state))
    return { state: saved, instructions: typed, isCarried: true, conflict: state.message };
  return {
    state,
    instructions: segmentChanges(saved, state),
    isCarried: typed.length > 0,
    conflict: undefined,
  };
}
