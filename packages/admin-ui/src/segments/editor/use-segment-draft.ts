import type { SegmentInstruction, SegmentState } from "@halyard/instructions";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { me } from "../../session/me.ts";
import { type CarriedDraft, carriedOver, type SegmentDraft } from "./segment-draft.ts";
import type { SegmentPlace } from "./segment-impact.ts";

export interface SegmentDesk extends CarriedDraft {
  /** The segment as the server has it. */
  readonly saved: SegmentState;
  readonly edit: (change: (segment: SegmentState) => SegmentState) => void;
  readonly discard: () => SegmentDraft | undefined;
  readonly restore: (draft: SegmentDraft | undefined) => void;
  readonly undo: () => void;
  readonly canUndo: boolean;
  /** When the draft was left that was found here, in Unix milliseconds. */
  readonly restoredAt: number | undefined;
  readonly instructions: readonly SegmentInstruction[];
}

/** The draft of a segment in an environment; it outlives a reload, and is nobody else's. */
export function useSegmentDraft(place: SegmentPlace, saved: SegmentState): SegmentDesk {
  const { data } = useQuery(me);
  const name = `halyard.segment-draft.${JSON.stringify([data?.id ?? "", ...Object.values(place)])}`;
  const [kept] = useState(() => readDraft(name));
  const [draft, setDraft] = useState(kept);
  const [past, setPast] = useState<readonly (SegmentDraft | undefined)[]>([]);
  const carried = carriedOver(saved, draft);
  useEffect(() => {
    if (draft === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(draft));
  }, [name, draft]);
  function edit(change: (segment: SegmentState) => SegmentState): void {
    setPast([...past, draft]);
    setDraft({ base: saved, state: change(carried.state), at: Date.now() });
  }
  return {
    ...carried,
    saved,
    edit,
    discard: () => {
      setDraft(undefined);
      setPast([]);
      return draft;
    },
    restore: setDraft,
    undo: () => {
      setDraft(past.at(-1));
      setPast(past.slice(0, -1));
    },
    canUndo: past.length > 0,
    restoredAt: draft !== undefined && draft === kept ? draft.at : undefined,
  };
}

function readDraft(name: string): SegmentDraft | undefined {
  const stored = localStorage.getItem(name);
  // Written below from its own type.
  return stored === null ? undefined : (JSON.parse(stored) as SegmentDraft);
}
