import { type FlagState, invertFlagInstructions } from "@halyard/instructions";
import { semanticPatch } from "../../api/change.ts";
import { apiPath } from "../../api/queries.ts";
import { RequestError, request } from "../../api/request.ts";
import { rebase } from "../../drafts/rebase.ts";
import type { DraftPlace } from "../draft/draft-store.ts";
import type { Instructions } from "../draft/steps.ts";

/** What is to be saved, and what it was decided on. */
export interface Saving {
  readonly place: DraftPlace;
  readonly base: FlagState;
  readonly etag: string;
  readonly instructions: Instructions;
  readonly comment: string;
  /** Though something is planned for the same part. */
  readonly ignoreConflicts: boolean;
}

export type Saved =
  | {
      readonly outcome: "saved";
      readonly instructions: Instructions;
      readonly inverse: Instructions;
    }
  /** Somebody else has done the same meanwhile. */
  | { readonly outcome: "already" }
  /** Somebody else has changed the same to something else. */
  | { readonly outcome: "contested" };

/** The flag as it is now. */
type Fetch = () => Promise<{ readonly state: FlagState; readonly etag: string }>;

const mostTries = 5;

/**
 * Saves under the state that was decided on. Where that is over, the draft is carried over to the newer
 * one; it is saved there by itself as long as it touches other parts.
 */
export async function saveDraft(saving: Saving, fetchAnew: Fetch): Promise<Saved> {
  const { place, comment, ignoreConflicts } = saving;
  const environmentKey = place.environment;
  let { base, etag, instructions } = saving;
  for (let tries = 1; ; tries += 1) {
    try {
      const path = apiPath("flags", place.project, place.flag);
      const query = ignoreConflicts ? "?ignoreConflicts=true" : "";
      await semanticPatch(path + query, patchOf(environmentKey, instructions, comment), etag);
      const context = { environmentKey, newId: () => crypto.randomUUID() };
      const inverse = invertFlagInstructions(instructions, base, context);
      return { outcome: "saved", instructions, inverse };
    } catch (error) {
      const isStale = error instanceof RequestError && error.status === 412;
      if (!isStale || tries === mostTries) throw error;
    }
    const newer = await fetchAnew();
    const carried = rebase({ base, environmentKey, instructions }, newer.state);
    if (!carried.fits) return { outcome: "contested" };
    if (carried.instructions.length === 0) return { outcome: "already" };
    base = newer.state;
    etag = newer.etag;
    instructions = carried.instructions;
  }
}

export function patchOf(environmentKey: string, instructions: Instructions, comment: string) {
  return { environmentKey, instructions, ...(comment === "" ? {} : { comment }) };
}

function inEnvironment({ project, flag, environment }: DraftPlace, ...more: readonly string[]) {
  return apiPath("projects", project, "flags", flag, "environments", environment, ...more);
}

interface Made {
  readonly _id: string;
}

/** Plans the instructions for a moment; gives how to take that back. */
export async function scheduleDraft(
  place: DraftPlace,
  body: {
    readonly instructions: Instructions;
    readonly comment: string;
    readonly executionDate: number;
  },
): Promise<() => Promise<unknown>> {
  const path = inEnvironment(place, "scheduled-changes");
  const { _id } = await request<Made>("POST", path, body);
  return () => request("DELETE", `${path}/${_id}`);
}

/** Which instruction the server did not take, from 0; undefined where its answer names none. */
export function refusedInstruction({ message }: Error): number | undefined {
  const [, index] = /\binstruction (\d+) \(/u.exec(message) ?? [];
  return index === undefined ? undefined : Number(index);
}
