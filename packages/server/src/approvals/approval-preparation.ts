import type { Principal } from "../access/principal.ts";
import type { Environment } from "../environments/environment-queries.ts";
import { refuseKnownFlag } from "../flags/flag-changes.ts";
import { getFlag } from "../flags/flag-queries.ts";
import { maintainedBy, newFlagIn, settledBody } from "../flags/new-flag.ts";
import type { Project } from "../projects/project-queries.ts";
import { refuseKnownSegment } from "../segments/new-segment.ts";
import { getSegment } from "../segments/segment-queries.ts";
import type { Tx } from "../storage/database.ts";
import { type Reviewable, type ReviewablePlace, readReviewable } from "./reviewable.ts";

export interface Preparation {
  readonly place: ReviewablePlace;
  readonly project: Project;
  readonly environment: Environment;
  readonly instructions: readonly { readonly kind: string }[];
  readonly by: Principal;
}

/**
 * Reads what is asked for, and ends where it is about nothing that is there, or makes what is there
 * or cannot be. A new flag is written out whole, so that reviewers see all of it.
 */
export async function prepare(
  tx: Tx,
  { place, project, environment, instructions, by }: Preparation,
): Promise<Reviewable> {
  const reviewable = readReviewable(place, instructions);
  if (reviewable.do === "createFlag") {
    const body = maintainedBy(by.memberId, reviewable.body);
    const flag = await newFlagIn(tx, project, { body });
    await refuseKnownFlag(tx, project, flag);
    return { do: "createFlag", body: settledBody(body, flag) };
  }
  if (reviewable.do === "createSegment") await refuseKnownSegment(tx, environment, place.key);
  else if (place.kind === "flag") await getFlag(tx, project, place.key);
  else await getSegment(tx, environment.id, place.key);
  return reviewable;
}
