import { getToken } from "../access/access-queries.ts";
import type { Principal } from "../access/principal.ts";
import type { RecordChange } from "../changes/changes.ts";
import { recorderOf } from "../deferred/deferred-log.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { listTeamsOf } from "../teams/team-queries.ts";
import {
  type ApprovalRequest,
  deleteApprovalRequest,
  insertReview,
  listIn,
  saveApprovalRequest,
} from "./approval-queries.ts";
import { instructionsOf, type Reviewable, type ReviewablePlace, wordsOf } from "./reviewable.ts";

export interface NewApprovalRequest {
  readonly description: string;
  readonly comment?: string | undefined;
  readonly notifyMemberIds?: readonly string[] | undefined;
  readonly notifyTeamKeys?: readonly string[] | undefined;
  readonly executionDate?: number | undefined;
  readonly operatingOnId?: string | undefined;
  readonly source?: { readonly key: string; readonly version?: number | undefined } | undefined;
}

export interface RequestCreation {
  readonly project: Project;
  readonly place: ReviewablePlace;
  readonly input: NewApprovalRequest;
  readonly reviewable: Reviewable;
  readonly by: Principal;
  readonly at: number;
}

export async function createApprovalRequest(
  tx: Tx,
  record: RecordChange,
  { project, place, input, reviewable, by, at }: RequestCreation,
): Promise<ApprovalRequest> {
  const request = await saveApprovalRequest(tx, {
    id: newId(),
    project_id: project.id,
    environment_key: place.environmentKey,
    kind: place.kind,
    resource_key: place.key,
    status: "pending",
    description: input.description,
    comment: input.comment ?? "",
    instructions: JSON.stringify(instructionsOf(place.kind, reviewable)),
    requestor: JSON.stringify(by.actor),
    requestor_member_id: by.memberId ?? null,
    authors: JSON.stringify(await authorsBehind(tx, by)),
    notify_member_ids: JSON.stringify(input.notifyMemberIds ?? []),
    notify_team_keys: JSON.stringify(input.notifyTeamKeys ?? []),
    source: input.source === undefined ? null : JSON.stringify(input.source),
    execution_date: input.executionDate ?? null,
    operating_on_id: input.operatingOnId ?? null,
    version: 1,
    content_version: 1,
    created_at: at,
    applied_at: null,
    applied_by: null,
    applied_by_member_id: null,
    failure: null,
  });
  await recordOn(record, request, place.projectKey, {
    instruction: { kind: "createApprovalRequest", id: request.id },
    words: [`Ask for approval: ${input.description}`, ...wordsOf(reviewable)],
    comment: input.comment,
    after: request,
  });
  return request;
}

/** The people who wrote something: the member, or who made the service token. */
async function authorsBehind(tx: Tx, { actor, memberId }: Principal): Promise<readonly string[]> {
  if (memberId !== undefined) return [memberId];
  const maker = actor.kind === "token" ? (await getToken(tx, actor.id)).member_id : null;
  return maker === null ? [] : [maker];
}

export interface Review {
  readonly kind: "approve" | "decline" | "comment";
  readonly comment?: string | undefined;
}

/** Whether somebody was asked to review, by name or as one of a team. */
export async function isNamedReviewer(
  tx: Tx,
  request: ApprovalRequest,
  { memberId }: Principal,
): Promise<boolean> {
  if (memberId === undefined) return false;
  if (listIn(request.notify_member_ids).includes(memberId)) return true;
  const keys = listIn(request.notify_team_keys);
  return (await listTeamsOf(tx, memberId)).some(({ key }) => keys.includes(key));
}

export async function reviewRequest(
  tx: Tx,
  record: RecordChange,
  given: {
    readonly request: ApprovalRequest;
    readonly place: ReviewablePlace;
    readonly review: Review;
    readonly by: Principal;
    readonly canReviewOwn: boolean;
    readonly at: number;
  },
): Promise<ApprovalRequest> {
  const { request, place, review, by, at } = given;
  refuseEnded(request);
  if (review.kind !== "comment") refuseReviewer(request, by, given.canReviewOwn);
  await insertReview(tx, {
    id: newId(),
    request_id: request.id,
    kind: review.kind,
    comment: review.comment ?? "",
    member_id: by.memberId ?? null,
    token_id: by.memberId === undefined ? by.actor.id : null,
    content_version: request.content_version,
    created_at: at,
  });
  const words = { approve: "Approve of", decline: "Decline", comment: "Comment on" }[review.kind];
  const after = { ...request, version: request.version + 1 };
  await recordOn(record, request, place.projectKey, {
    instruction: { kind: "reviewApprovalRequest", id: request.id, value: review.kind },
    words: `${words} the request: ${request.description}`,
    comment: review.comment,
    before: request,
    after,
  });
  return saveApprovalRequest(tx, after);
}

function refuseReviewer(request: ApprovalRequest, by: Principal, canReviewOwn: boolean): void {
  if (by.memberId === undefined) {
    throw new DomainError(
      "forbidden",
      "a service token is nobody's opinion; review as a member, or with a member's own token",
    );
  }
  if (!canReviewOwn && listIn(request.authors).includes(by.memberId)) {
    throw new DomainError(
      "forbidden",
      "you wrote what is to be reviewed; somebody else has to approve or decline it",
    );
  }
}

/** Other instructions are another content: what was said of the former ones does not count. */
export async function rewriteRequest(
  tx: Tx,
  record: RecordChange,
  given: {
    readonly request: ApprovalRequest;
    readonly place: ReviewablePlace;
    readonly edit: Partial<ApprovalRequest>;
    readonly reviewable?: Reviewable | undefined;
    readonly instructions: readonly object[];
    readonly comment?: string | undefined;
    readonly by: Principal;
  },
): Promise<ApprovalRequest> {
  const { request, place, edit, reviewable, by } = given;
  refuseEnded(request);
  const authors = [...new Set([...listIn(request.authors), ...(await authorsBehind(tx, by))])];
  const content =
    reviewable === undefined
      ? {}
      : {
          instructions: JSON.stringify(instructionsOf(place.kind, reviewable)),
          authors: JSON.stringify(authors),
          content_version: request.content_version + 1,
          status: "pending" as const,
        };
  const after = { ...request, ...edit, ...content, version: request.version + 1 };
  for (const instruction of given.instructions) {
    await recordOn(record, request, place.projectKey, {
      instruction,
      words: [
        `Change the request: ${request.description}`,
        ...(reviewable === undefined ? [] : wordsOf(reviewable)),
      ],
      comment: given.comment,
      before: request,
      after,
    });
  }
  return saveApprovalRequest(tx, after);
}

export async function removeRequest(
  tx: Tx,
  record: RecordChange,
  request: ApprovalRequest,
  place: ReviewablePlace,
): Promise<void> {
  await deleteApprovalRequest(tx, request.id);
  await recordOn(record, request, place.projectKey, {
    instruction: { kind: "deleteApprovalRequest", id: request.id },
    words: `Take the request back: ${request.description}`,
    before: request,
  });
}

export function refuseEnded({ status }: ApprovalRequest): void {
  if (status === "pending" || status === "scheduled" || status === "failed") return;
  throw new DomainError("conflict", "the request has been applied already; make a new one");
}

export const recordOn = recorderOf<ApprovalRequest>({
  kind: "approval-request",
  subjectOf: ({ kind, resource_key }) => `${kind}/${resource_key}`,
  stateOf: (request) => {
    const { id, kind, resource_key: key, description, status, execution_date } = request;
    const instructions: unknown = JSON.parse(request.instructions);
    return { id, kind, key, description, status, executionDate: execution_date, instructions };
  },
});
