import type { SegmentInstruction, SegmentState } from "@halyard/instructions";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { semanticPatch } from "../../api/change.ts";
import { apiPath, refresh } from "../../api/queries.ts";
import type { Environment } from "../../api/representations.ts";
import { RequestError, requestWithEtag } from "../../api/request.ts";
import { askApproval } from "../../approvals/ask-approval.ts";
import { say, sayFailure } from "../../ui/toast.tsx";
import { segmentPath } from "../segment-queries.ts";
import type { SegmentRepresentation } from "../segment-representation.ts";
import { segmentChanges } from "./segment-changes.ts";
import { carriedOver } from "./segment-draft.ts";
import { segmentStateOf } from "./segment-state.ts";
import { t } from "./text.ts";
import type { SegmentDesk } from "./use-segment-draft.ts";

interface Saving {
  readonly project: string;
  readonly environment: Environment;
  readonly desk: SegmentDesk;
  readonly etag: string;
  readonly onClose: () => void;
}

/** Saves the draft; where somebody else was first it is carried over and sent once more. */
export function useSegmentSaving({ project, environment, desk, etag, onClose }: Saving) {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const path = segmentPath(project, environment.key, desk.saved.key);
  const names = { segment: desk.saved.name, environment: environment.name };
  const settle = () => refresh(client, apiPath("segments", project));
  async function undo(inverse: readonly SegmentInstruction[]) {
    try {
      await semanticPatch(path, { instructions: inverse });
    } catch (failure) {
      sayFailure(t("review.undo.failed", names), messageOf(failure));
    }
    await settle();
  }
  async function save(comment: string) {
    setBusy(true);
    setError(undefined);
    try {
      const before = await send(path, { desk, etag, comment });
      const inverse = segmentChanges(before.after, before.saved);
      desk.discard();
      onClose();
      say(t("review.saved", names), () => undo(inverse));
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setBusy(false);
      await settle();
    }
  }
  async function ask({ comment, description, executionDate }: Asking) {
    setBusy(true);
    setError(undefined);
    try {
      const takeBack = await askApproval({
        resourceId: `proj/${project}:env/${environment.key}:segment/${desk.saved.key}`,
        instructions: desk.instructions,
        description,
        comment: comment.trim(),
        executionDate,
      });
      const draft = desk.discard();
      onClose();
      say(t("review.requested"), async () => {
        await takeBack();
        desk.restore(draft);
      });
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setBusy(false);
      await refresh(client, apiPath("approval-requests"));
    }
  }
  return { save, ask, isBusy, error };
}

/** What others are asked to approve, beside the changes. */
interface Asking {
  readonly comment: string;
  readonly description: string;
  /** When it is made, once it is approved; by somebody's word where it is left out. */
  readonly executionDate: number | undefined;
}

interface Sent {
  readonly saved: SegmentState;
  readonly after: SegmentState;
}

async function send(
  path: string,
  { desk, etag, comment }: Pick<Saving, "desk" | "etag"> & { readonly comment: string },
): Promise<Sent> {
  const said = comment.trim() === "" ? {} : { comment: comment.trim() };
  const { saved, state, instructions } = desk;
  try {
    await semanticPatch(path, { ...said, instructions }, etag);
    return { saved, after: state };
  } catch (error) {
    if (!(error instanceof RequestError) || error.status !== 412) throw error;
    const fresh = await requestWithEtag<SegmentRepresentation>(path, new AbortController().signal);
    const now = segmentStateOf(fresh.data);
    const carried = carriedOver(now, { base: saved, state, at: 0 });
    if (carried.conflict !== undefined) throw error;
    await semanticPatch(path, { ...said, instructions: carried.instructions }, fresh.etag);
    return { saved: now, after: carried.state };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
