import type { FlagState } from "@halyard/instructions";
import { createContext, useContext } from "react";
import type { Rebase } from "../../drafts/rebase.ts";
import type { VariationOfFlag } from "../state/flag-state.ts";
import type { DraftPlace } from "./draft-store.ts";
import type { Instructions } from "./steps.ts";
import type { FlagDraft } from "./use-draft.ts";

/** What was saved last on this page, and how it is taken back. */
export interface LastSave {
  readonly inverse: Instructions;
}

/** The draft with what saving it needs; an editor needs no more than {@link FlagDraft}. */
export interface DraftDesk extends FlagDraft {
  readonly place: DraftPlace;
  /** The draft as it was typed, with what is undecided. */
  readonly typed: Instructions;
  /** The flag that the draft was begun over. */
  readonly base: FlagState;
  readonly etag: string;
  /** Which variations the required flags have. */
  readonly variationOf: VariationOfFlag;
  /** Present where somebody else has changed the same, and nobody has said whose it shall be. */
  readonly conflict: Rebase | undefined;
  readonly choose: (index: number, whose: "mine" | "theirs") => void;
  readonly isReviewing: boolean;
  /** Opens the review, from which the draft is saved. */
  readonly review: () => void;
  readonly endReview: () => void;
  readonly restoredAt: number | undefined;
  /** Who has changed something else meanwhile. */
  readonly carriedBy: string | undefined;
  /** What was to be noted has been. */
  readonly noted: () => void;
  readonly replace: (instructions: Instructions) => void;
  readonly lastSave: LastSave | undefined;
  readonly setLastSave: (save: LastSave | undefined) => void;
}

export const DraftDeskContext = createContext<DraftDesk | undefined>(undefined);

export function useDraftDesk(): DraftDesk {
  const desk = useContext(DraftDeskContext);
  if (desk === undefined) throw new Error("useDraftDesk is for what is within DraftProvider");
  return desk;
}
