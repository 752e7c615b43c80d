import type { Json } from "@halyard/evaluation";

interface Review {
  readonly _id: string;
  readonly kind: "approve" | "decline" | "comment";
  /** Unix milliseconds. */
  readonly creationDate: number;
  readonly comment: string;
  readonly memberId?: string;
  /** Whether the instructions have changed since. */
  readonly isOutdated: boolean;
}

/** A change that others are to review, as the server tells it. */
export interface ApprovalRequest {
  readonly _id: string;
  readonly creationDate: number;
  readonly requestorId?: string;
  readonly description: string;
  readonly reviewStatus: "approved" | "declined" | "pending";
  readonly allReviews: readonly Review[];
  readonly notifyMemberIds: readonly string[];
  readonly appliedDate?: number;
  readonly appliedByMemberId?: string;
  readonly status: "pending" | "completed" | "failed" | "scheduled";
  readonly instructions: readonly ({ readonly kind: string } & Readonly<Record<string, Json>>)[];
  readonly conflicts: readonly { readonly reason: string }[];
  readonly executionDate?: number;
  /** Such as `proj/web-shop:env/production:flag/checkout`. */
  readonly resourceId: string;
  readonly approvalSettings: {
    readonly required: boolean;
    readonly minNumApprovals: number;
    readonly canReviewOwnRequest: boolean;
    readonly canApplyDeclinedChanges: boolean;
  };
}

export interface ApprovalPlace {
  readonly project: string;
  readonly environment: string;
  readonly kind: "flag" | "segment";
  readonly key: string;
}

export function approvalPlace({ resourceId }: Pick<ApprovalRequest, "resourceId">): ApprovalPlace {
  const [, project = "", environment = "", kind = "flag", key = ""] =
    /^proj\/([^:]+):env\/([^:]+):(flag|segment)\/(.+)$/u.exec(resourceId) ?? [];
  return { project, environment, kind: kind === "segment" ? "segment" : "flag", key };
}

export const approvalViews = ["review", "mine", "open", "done"] as const;
export type ApprovalView = (typeof approvalViews)[number];

export function isOpen({ status }: Pick<ApprovalRequest, "status">): boolean {
  return status === "pending" || status === "scheduled";
}

/** Whether it waits for the word of a member. */
function waitsFor(request: ApprovalRequest, memberId: string): boolean {
  const { requestorId, approvalSettings, allReviews } = request;
  if (request.status !== "pending" || request.reviewStatus === "approved") return false;
  if (requestorId === memberId && !approvalSettings.canReviewOwnRequest) return false;
  return !allReviews.some(
    (review) => review.memberId === memberId && review.kind !== "comment" && !review.isOutdated,
  );
}

/** The requests of a project under one view, the newest first. */
export function requestsUnder(
  view: ApprovalView,
  requests: readonly ApprovalRequest[],
  { project, memberId }: { readonly project: string; readonly memberId: string },
): readonly ApprovalRequest[] {
  const belongs = {
    review: (one: ApprovalRequest) => waitsFor(one, memberId),
    mine: (one: ApprovalRequest) => one.requestorId === memberId && isOpen(one),
    open: isOpen,
    done: (one: ApprovalRequest) => !isOpen(one),
  }[view];
  return requests
    .filter((one) => approvalPlace(one).project === project && belongs(one))
    .toSorted((a, b) => b.creationDate - a.creationDate);
}

/** The last word of each member about the request as it is, and who may not count. */
export function countedApprovals(request: ApprovalRequest): number {
  const { requestorId, approvalSettings, allReviews } = request;
  const words = new Map<string, string>();
  for (const { memberId, kind, isOutdated } of allReviews.toSorted(
    (a, b) => a.creationDate - b.creationDate,
  )) {
    if (memberId === undefined || kind === "comment" || isOutdated) continue;
    if (memberId === requestorId && !approvalSettings.canReviewOwnRequest) continue;
    words.set(memberId, kind);
  }
  return [...words.values()].filter((kind) => kind === "approve").length;
}

/** How many members more have to approve. */
export function missingApprovals(request: ApprovalRequest): number {
  return Math.max(0, request.approvalSettings.minNumApprovals - countedApprovals(request));
}
