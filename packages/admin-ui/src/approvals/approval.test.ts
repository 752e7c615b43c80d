import { describe, expect, it } from "vitest";
import {
  type ApprovalRequest,
  approvalPlace,
  missingApprovals,
  requestsUnder,
} from "./approval.ts";

const request: ApprovalRequest = {
  _id: "r1",
  creationDate: 1,
  requestorId: "ada",
  description: "Turn it on",
  reviewStatus: "pending",
  allReviews: [],
  notifyMemberIds: [],
  status: "pending",
  instructions: [{ kind: "turnFlagOn" }],
  conflicts: [],
  resourceId: "proj/shop:env/production:flag/checkout",
  approvalSettings: {
    required: true,
    minNumApprovals: 2,
    canReviewOwnRequest: false,
    canApplyDeclinedChanges: false,
  },
};
const review = (
  memberId: string,
  kind: "approve" | "decline" | "comment",
  at = 1,
  isOutdated = false,
) => ({
  _id: `${memberId}${at}`,
  kind,
  creationDate: at,
  comment: "",
  memberId,
  isOutdated,
});
const by = (...allReviews: ApprovalRequest["allReviews"]) => ({ ...request, allReviews });

describe("an approval request", () => {
  it("says what it is about", () => {
    expect(approvalPlace(request)).toEqual({
      project: "shop",
      environment: "production",
      kind: "flag",
      key: "checkout",
    });
  });

  it.each([
    [by(), 2],
    [by(review("grace", "approve")), 1],
    [by(review("ada", "approve")), 2],
    [by(review("grace", "approve", 1, true)), 2],
    [by(review("grace", "approve", 1), review("grace", "decline", 2)), 2],
    [
      by(review("grace", "decline", 2), review("grace", "approve", 3), review("alan", "approve")),
      0,
    ],
    [by(review("grace", "comment")), 2],
  ])("counts each member's last word about what it is", (one, missing) => {
    expect(missingApprovals(one)).toBe(missing);
  });

  it.each([
    ["grace", "review", by(), true],
    ["ada", "review", by(), false],
    ["grace", "review", by(review("grace", "approve")), false],
    ["grace", "review", by(review("grace", "comment")), true],
    ["grace", "review", by(review("grace", "approve", 1, true)), true],
    ["ada", "mine", by(), true],
    ["grace", "mine", by(), false],
    ["grace", "open", by(), true],
    ["grace", "done", by(), false],
    ["grace", "done", { ...request, status: "completed" }, true],
    ["grace", "review", { ...request, resourceId: "proj/other:env/a:flag/b" }, false],
  ] as const)("is for %s under %s or not", (memberId, view, one, isShown) => {
    expect(requestsUnder(view, [one], { project: "shop", memberId })).toHaveLength(isShown ? 1 : 0);
  });
});
