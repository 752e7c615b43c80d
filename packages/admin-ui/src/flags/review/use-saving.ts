import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { semanticPatch } from "../../api/change.ts";
import { apiPath, refresh } from "../../api/queries.ts";
import { RequestError } from "../../api/request.ts";
import { askApproval } from "../../approvals/ask-approval.ts";
import { formatMoment } from "../../text/format.ts";
import { say, sayFailure } from "../../ui/toast.tsx";
import type { DraftDesk } from "../draft/draft-desk.ts";
import { simplified } from "../draft/steps.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { taggedFlag } from "../frame/shown-flag.ts";
import { flagStateOf } from "../state/flag-state.ts";
import { patchOf, refusedInstruction, saveDraft, scheduleDraft } from "./save-draft.ts";
import { t } from "./text.ts";
import type { Way } from "./use-when.ts";

/** How the draft is to be saved, as the review says. */
export interface Choice {
  readonly way: Way;
  readonly comment: string;
  /** For a request: what is asked for. */
  readonly description: string;
  /** For a schedule, in Unix milliseconds. */
  readonly at: number;
  readonly ignoreConflicts: boolean;
}

/** Saves the draft in the way that was chosen; says what came of it, with a way back. */
export function useSaving(desk: DraftDesk, onDone: () => void) {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const ways = useWays(desk);

  async function save(choice: Choice): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await (choice.way === "now" ? ways.now(choice) : ways.later(choice));
      onDone();
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setBusy(false);
      await refresh(client);
    }
  }

  const index = error === undefined ? undefined : refusedInstruction(error);
  const isConflict =
    error instanceof RequestError && error.status === 409 && error.code === "conflict";
  return {
    save,
    isBusy,
    error,
    refusal:
      index === undefined || error === undefined ? undefined : { index, message: error.message },
    isConflict,
  } as const;
}

/** What each way of saving does. */
function useWays(desk: DraftDesk) {
  const client = useQueryClient();
  const { flag, environment } = useFlagPage();
  const { place, saved, etag } = desk;
  const instructionsOf = () => simplified(saved, desk.typed, environment.key);

  async function fetchAnew() {
    const newer = await client.fetchQuery({
      ...taggedFlag(place.project, flag.key),
      staleTime: 0,
    });
    return { state: flagStateOf(newer.data, desk.variationOf), etag: newer.etag };
  }

  async function now({ comment, ignoreConflicts }: Choice) {
    const instructions = instructionsOf();
    const saving = { place, base: saved, etag, instructions, comment, ignoreConflicts };
    const outcome = await saveDraft(saving, fetchAnew);
    if (outcome.outcome === "contested") return;
    // First what is there now: else the page would show the state from before without the draft, and
    // taking it back at once would change nothing. Where this fails, the page asks again by itself.
    await fetchAnew().catch(() => undefined);
    desk.discard();
    if (outcome.outcome === "already") {
      say(t("review.already"));
      return;
    }
    const { inverse } = outcome;
    desk.setLastSave({ inverse });
    const count = outcome.instructions.length;
    say(t("review.saved", { flag: flag.name, count, environment: environment.name }), () => {
      desk.setLastSave(undefined);
      const patch = patchOf(environment.key, inverse, t("review.undo.comment"));
      return back(() => semanticPatch(apiPath("flags", place.project, flag.key), patch));
    });
  }

  async function later({ way, comment, description, at }: Choice) {
    const about = { instructions: instructionsOf(), comment };
    const takeBack =
      way === "schedule"
        ? await scheduleDraft(place, { ...about, executionDate: at })
        : await askApproval({
            ...about,
            description,
            resourceId: `proj/${place.project}:env/${place.environment}:flag/${place.flag}`,
          });
    desk.discard();
    const words =
      way === "schedule"
        ? t("review.scheduled", { time: formatMoment(at) })
        : t("review.requested");
    say(words, () => back(takeBack));
  }

  async function back(act: () => Promise<unknown>) {
    try {
      await act();
    } catch (failure) {
      sayFailure(t("review.undo.failed"), messageOf(failure));
    }
    await refresh(client);
  }

  return { now, later } as const;
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
