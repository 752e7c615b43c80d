import { type FlagState, isInstructionError } from "@halyard/instructions";
import { useQuery } from "@tanstack/react-query";
import {
  type Dispatch,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Rebase } from "../../drafts/rebase.ts";
import { useChanges, useEditing } from "../../live/use-live.ts";
import { me } from "../../session/me.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { taggedFlag } from "../frame/shown-flag.ts";
import { flagStateOf } from "../state/flag-state.ts";
import { type DraftDesk, DraftDeskContext, type LastSave } from "./draft-desk.ts";
import type { DraftAction } from "./draft-state.ts";
import { standingOf } from "./standing.ts";
import { applied, named, simplified } from "./steps.ts";
import { DraftContext } from "./use-draft.ts";
import { useKeptDraft } from "./use-kept-draft.ts";
import { useRequiredFlags, variationIn } from "./use-required-flags.ts";

/** Keeps what is changed about the flag of the page in its chosen environment. */
export function DraftProvider({ children }: { readonly children: ReactNode }) {
  const desk = useDesk();
  return (
    <DraftDeskContext value={desk}>
      <DraftContext value={desk}>{children}</DraftContext>
    </DraftDeskContext>
  );
}

function useDesk(): DraftDesk {
  const { key } = useFlagPage().environment;
  const { place, saved, etag, variationOf } = useSaved();
  const { project, flag } = place;
  const [state, dispatch] = useKeptDraft(place);
  const [lastSave, setLastSave] = useState<LastSave>();
  const reviewing = useReviewing();
  const standing = useMemo(() => standingOf(state, saved, key), [state, saved, key]);
  const { drafted, rebased } = standing;
  const shown = useDeferredValue(standing.instructions);
  const instructions = useMemo(() => simplified(saved, shown, key), [saved, shown, key]);
  useCarrying({ flag, saved, rebased, dispatch });
  useEditing(`flag/${project}/${flag}`, state.steps.now.length > 0 ? key : undefined);
  return useMemo<DraftDesk>(
    () => ({
      environment: key,
      saved,
      drafted,
      instructions,
      instruct: (...more) => {
        const added = named(more, () => crypto.randomUUID());
        const outcome = applied(drafted, added, key);
        if (isInstructionError(outcome)) return outcome;
        dispatch({ act: "step", saved, added, at: Date.now() });
        return undefined;
      },
      undo: () => dispatch({ act: "undo" }),
      redo: () => dispatch({ act: "redo" }),
      discard: () => dispatch({ act: "discard" }),
      canUndo: state.steps.past.length > 0,
      canRedo: state.steps.future.length > 0,
      place,
      typed: state.steps.now,
      base: state.base ?? saved,
      etag,
      variationOf,
      conflict: rebased?.fits === false ? rebased : undefined,
      choose: (index, whose) => dispatch({ act: "choose", index, whose }),
      ...reviewing,
      restoredAt: state.restoredAt,
      carriedBy: state.carried,
      noted: () => dispatch({ act: "noted" }),
      replace: (all) => dispatch({ act: "replace", saved, instructions: all }),
      lastSave,
      setLastSave,
    }),
    [
      key,
      saved,
      drafted,
      instructions,
      state,
      place,
      etag,
      variationOf,
      rebased,
      lastSave,
      reviewing,
      dispatch,
    ],
  );
}

interface Carrying {
  readonly flag: string;
  readonly saved: FlagState;
  readonly rebased: Rebase | undefined;
  readonly dispatch: Dispatch<DraftAction>;
}

/** What fits over what the flag has become is a draft over that from then on. */
function useCarrying({ flag, saved, rebased, dispatch }: Carrying): void {
  const changedBy = useLastChanger(`flag/${flag}`);
  useEffect(() => {
    if (rebased?.fits !== true) return;
    const isWhole = rebased.instructions.length === rebased.outcomes.length;
    const note = isWhole ? changedBy.current : undefined;
    dispatch({ act: "carry", saved, instructions: rebased.instructions, note });
  }, [rebased, saved, dispatch, changedBy]);
}

function useReviewing() {
  const [isReviewing, setReviewing] = useState(false);
  return useMemo(
    () => ({
      isReviewing,
      review: () => setReviewing(true),
      endReview: () => setReviewing(false),
    }),
    [isReviewing],
  );
}

/** The flag as the server has it, and whose draft of it is kept. */
function useSaved() {
  const { project, flag, environment } = useFlagPage();
  const { key } = environment;
  const { data: person } = useQuery(me);
  const { data: tagged } = useQuery(taggedFlag(project, flag.key));
  const member = person?.id ?? "";
  const place = useMemo(
    () => ({ member, project, flag: flag.key, environment: key }),
    [member, project, flag.key, key],
  );
  const required = useRequiredFlags(project, flag);
  const variationOf = useMemo(() => variationIn(required), [required]);
  const saved = useMemo(() => flagStateOf(flag, variationOf), [flag, variationOf]);
  return { place, saved, variationOf, etag: tagged?.etag ?? "" } as const;
}

/** Who has changed the flag last while the page is open. */
function useLastChanger(resource: string) {
  const name = useRef<string>(undefined);
  useChanges(({ resources, who }) => {
    if (resources.some((one) => one.endsWith(`:${resource}`))) name.current = who.name;
  });
  return name;
}
