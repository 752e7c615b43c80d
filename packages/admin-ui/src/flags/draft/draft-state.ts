import type { FlagState } from "@halyard/instructions";
import type { Choices } from "../../drafts/rebase.ts";
import type { StoredDraft } from "./draft-store.ts";
import { type Instructions, noSteps, redone, type Steps, stepped, undone } from "./steps.ts";

/** What the draft's keeper remembers. */
export interface DraftState {
  /** The flag that the steps are over; undefined where there are none. */
  readonly base: FlagState | undefined;
  readonly steps: Steps;
  /** Whose it shall be, where both have changed the same. */
  readonly choices: Choices;
  /** When the draft was left that was found again, in Unix milliseconds. */
  readonly restoredAt?: number;
  /** Who has changed other parts meanwhile, in words. */
  readonly carried?: string;
}

export const noDraft: DraftState = { base: undefined, steps: noSteps, choices: new Map() };

export type DraftAction =
  | { readonly act: "step"; readonly saved: FlagState; readonly added: Instructions; at: number }
  | { readonly act: "undo" | "redo" | "discard" | "noted" }
  | { readonly act: "restore"; readonly stored: StoredDraft }
  /** The instructions fit what the flag has become. */
  | {
      readonly act: "carry";
      readonly saved: FlagState;
      readonly instructions: Instructions;
      readonly note: string | undefined;
    }
  | { readonly act: "choose"; readonly index: number; readonly whose: "mine" | "theirs" }
  | { readonly act: "replace"; readonly saved: FlagState; readonly instructions: Instructions };

export function draftReducer(state: DraftState, action: DraftAction): DraftState {
  switch (action.act) {
    case "step": {
      const isFirst = state.steps.now.length === 0;
      const steps = stepped(state.steps, action.added, action.at);
      return { ...state, steps, base: isFirst ? action.saved : state.base };
    }
    case "undo":
      return { ...state, steps: undone(state.steps) };
    case "redo":
      return { ...state, steps: redone(state.steps) };
    case "discard":
      return noDraft;
    case "noted":
      return { base: state.base, steps: state.steps, choices: state.choices };
    case "restore": {
      const { base, instructions, at } = action.stored;
      // Whoever has begun anew before it was found keeps what is on screen.
      if (state.steps.now.length > 0) return state;
      return { ...noDraft, base, steps: { ...noSteps, now: instructions }, restoredAt: at };
    }
    case "carry": {
      const { carried: _, ...kept } = state;
      const steps = { ...state.steps, now: action.instructions };
      const note = action.note === undefined ? {} : { carried: action.note };
      return { ...kept, base: action.saved, steps, choices: new Map(), ...note };
    }
    case "choose":
      return { ...state, choices: new Map(state.choices).set(action.index, action.whose) };
    case "replace": {
      const steps = { ...state.steps, now: action.instructions, future: [] };
      const past = [...state.steps.past, state.steps.now];
      const base = state.base ?? action.saved;
      return { ...state, base, steps: { ...steps, past } };
    }
    default:
      return action satisfies never;
  }
}
