import { useQueryClient } from "@tanstack/react-query";
import { type Dispatch, useEffect, useReducer, useRef } from "react";
import { type DraftAction, type DraftState, draftReducer, noDraft } from "./draft-state.ts";
import { type DraftPlace, readDraft, removeDraft, writeDraft } from "./draft-store.ts";
import { draftsMoved } from "./use-drafts.ts";

/** The draft of a place, as it was left, and kept as it changes. */
export function useKeptDraft(place: DraftPlace): readonly [DraftState, Dispatch<DraftAction>] {
  const client = useQueryClient();
  const [state, dispatch] = useReducer(draftReducer, noDraft);
  const isFound = useRef(false);
  const { member, project, flag, environment } = place;
  useEffect(() => {
    if (member === "") return;
    isFound.current = false;
    let isOver = false;
    // Without a place to keep drafts, as in some private windows, they last as long as the page.
    void readDraft({ member, project, flag, environment })
      .catch(() => undefined)
      .then((stored) => {
        if (isOver) return;
        isFound.current = true;
        if (stored !== undefined) dispatch({ act: "restore", stored });
      });
    return () => {
      isOver = true;
    };
  }, [member, project, flag, environment]);
  const { base } = state;
  const { now } = state.steps;
  const hadSteps = useRef(false);
  useEffect(() => {
    const at = { member, project, flag, environment };
    const isKept = now.length > 0 && base !== undefined;
    if (!isKept && !(hadSteps.current && isFound.current)) return;
    hadSteps.current = isKept;
    const keeping = isKept
      ? writeDraft({ ...at, base, instructions: now, at: Date.now() })
      : removeDraft(at);
    void keeping.then(() => draftsMoved(client)).catch(() => undefined);
  }, [client, member, project, flag, environment, base, now]);
  return [state, dispatch];
}
