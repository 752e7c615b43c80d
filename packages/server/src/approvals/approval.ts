import type { ApprovalSettings } from "./approval-settings.ts";

/** What of a review decides. */
export interface CountedReview {
  readonly kind: "approve" | "decline" | "comment";
  /** Null for a service token, which reviews nothing. */
  readonly memberId: string | null;
  readonly contentVersion: number;
}

/** What of a request decides. */
export interface ReviewedContent {
  readonly contentVersion: number;
  /** The members who wrote it. */
  readonly authors: readonly string[];
}

export interface Verdict {
  readonly status: "approved" | "declined" | "pending";
  /** How many members more have to approve. */
  readonly missing: number;
  readonly canBeApplied: boolean;
}

/**
 * What the reviews of the content as it is come to, oldest first. Each member counts once, by their
 * last word, and authors only where the settings let them.
 */
export function verdictOf(
  { contentVersion, authors }: ReviewedContent,
  reviews: readonly CountedReview[],
  settings: ApprovalSettings,
): Verdict {
  const words = new Map<string, CountedReview["kind"]>();
  for (const { kind, memberId, contentVersion: seen } of reviews) {
    if (memberId === null || kind === "comment" || seen !== contentVersion) continue;
    if (authors.includes(memberId) && !settings.canReviewOwnRequest) continue;
    words.set(memberId, kind);
  }
  const kinds = [...words.values()];
  const isDeclined = kinds.includes("decline");
  const approvals = kinds.filter((kind) => kind === "approve").length;
  const missing = Math.max(0, settings.minNumApprovals - approvals);
  const isApproved = missing === 0 && !isDeclined;
  return {
    status: isDeclined ? "declined" : isApproved ? "approved" : "pending",
    missing,
    canBeApplied: missing === 0 && (!isDeclined || settings.canApplyDeclinedChanges),
  };
}
