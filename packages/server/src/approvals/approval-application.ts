import type { Principal } from "../access/principal.ts";
import type { Authority, RecordChange } from "../changes/changes.ts";
import type { Actor } from "../changes/feed.ts";
import type { Environment } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { createFlag, patchFlag, removeFlag } from "../flags/flag-changes.ts";
import { getFlag } from "../flags/flag-queries.ts";
import { newFlagIn } from "../flags/new-flag.ts";
import type { Project } from "../projects/project-queries.ts";
import { carryOut as carryOutInstructions } from "../segments/instruct-segment.ts";
import { createSegment } from "../segments/new-segment.ts";
import { removeSegment } from "../segments/segment-changes.ts";
import { getSegment } from "../segments/segment-queries.ts";
import type { Tx } from "../storage/database.ts";
import { verdictOf } from "./approval.ts";
import { refuseEnded } from "./approval-changes.ts";
import {
  type ApprovalRequest,
  contentOf,
  countedReviews,
  listReviews,
  saveApprovalRequest,
} from "./approval-queries.ts";
import { approvalSettingsOf } from "./approval-settings.ts";
import { instructionsOf, type Reviewable, readReviewable } from "./reviewable.ts";

export interface Application {
  readonly request: ApprovalRequest;
  readonly project: Project;
  readonly environment: Environment;
  readonly comment?: string | undefined;
  readonly by: { readonly actor: Actor; readonly memberId?: Principal["memberId"] };
  readonly at: number;
}

/** Does what a request asks for, in the transaction in which it becomes completed. */
export async function applyRequest(
  tx: Tx,
  record: RecordChange,
  application: Application,
): Promise<ApprovalRequest> {
  const { request, by, at } = application;
  refuseEnded(request);
  await refuseUnreviewed(tx, application);
  await carryOut(tx, record, application);
  return saveApprovalRequest(tx, {
    ...request,
    status: "completed",
    failure: null,
    version: request.version + 1,
    applied_at: at,
    applied_by: JSON.stringify(by.actor),
    applied_by_member_id: by.memberId ?? null,
  });
}

/** An environment that requires nothing still asks what a request asked for. */
export async function refuseUnreviewed(
  tx: Tx,
  { request, environment }: Application,
): Promise<void> {
  const settings = approvalSettingsOf(environment, request.kind);
  const reviews = countedReviews(await listReviews(tx, request.id));
  const { canBeApplied, missing, status } = verdictOf(contentOf(request), reviews, settings);
  if (canBeApplied) return;
  throw new DomainError(
    "approval_required",
    status === "declined"
      ? "the request is declined; change its instructions, or let who declined it approve"
      : `the request lacks ${missing} of ${settings.minNumApprovals} approvals; ask members who did not write it to review it`,
  );
}

async function carryOut(tx: Tx, record: RecordChange, application: Application): Promise<void> {
  const { request } = application;
  const reviewable = readReviewable(
    { kind: request.kind, key: request.resource_key },
    instructionsIn(request),
  );
  const under: Authority = { kind: "approval", id: request.id };
  if (request.kind === "flag")
    await carryOutOnFlag(tx, record, { ...application, reviewable, under });
  else await carryOutOnSegment(tx, record, { ...application, reviewable, under });
}

interface CarriedOut extends Application {
  readonly reviewable: Reviewable;
  readonly under: Authority;
}

async function carryOutOnFlag(
  tx: Tx,
  record: RecordChange,
  { request, project, environment, comment, at, reviewable, under }: CarriedOut,
): Promise<void> {
  if (reviewable.do === "createFlag") {
    const flag = await newFlagIn(tx, project, { body: reviewable.body });
    const instructions = instructionsOf("flag", reviewable);
    const words = comment ?? request.description;
    await createFlag(tx, record, { project, flag, at, comment: words, under, instructions });
    return;
  }
  const { state: before } = await getFlag(tx, project, request.resource_key);
  if (reviewable.do === "delete") await removeFlag(tx, record, { project, flag: before, under });
  if (reviewable.do !== "changeFlag") return;
  const patch = {
    instructions: reviewable.instructions,
    environmentKey: environment.key,
    comment: comment ?? request.description,
    under,
  };
  await patchFlag(tx, record, { project, before, patch, at });
}

async function carryOutOnSegment(
  tx: Tx,
  record: RecordChange,
  { request, project, environment, comment, at, reviewable, under }: CarriedOut,
): Promise<void> {
  const words = comment ?? request.description;
  if (reviewable.do === "createSegment") {
    const instructions = instructionsOf("segment", reviewable);
    const { body } = reviewable;
    const creation = { project, environment, body, at, comment: words, under, instructions };
    await createSegment(tx, record, creation);
    return;
  }
  const found = await getSegment(tx, environment.id, request.resource_key);
  if (reviewable.do === "delete") {
    await removeSegment(tx, record, { project, environment, segment: found.state, under });
  }
  if (reviewable.do !== "changeSegment") return;
  const patch = { instructions: reviewable.instructions, comment: words };
  await carryOutInstructions(tx, record, { project, environment, found, patch, at, under });
}

export function instructionsIn({ instructions }: Pick<ApprovalRequest, "instructions">) {
  // Written by this server from its own types.
  return JSON.parse(instructions) as readonly { readonly kind: string }[];
}
