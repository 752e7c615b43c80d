import { expect, it } from "vitest";
import type { ApprovalRequest } from "../approvals/approval.ts";
import { calendarOf, earlierThan, type ScheduledChange } from "./scheduled-change.ts";

const change = (
  id: string,
  executionDate: number,
  more: Partial<ScheduledChange> = {},
): ScheduledChange => ({
  _id: id,
  _creationDate: 0,
  _maintainerId: "ada",
  executionDate,
  instructions: [{ kind: "turnFlagOn" }],
  flagKey: "checkout",
  environmentKey: "production",
  ...more,
});
const request: ApprovalRequest = {
  _id: "r",
  creationDate: 0,
  description: "",
  reviewStatus: "approved",
  allReviews: [],
  notifyMemberIds: [],
  status: "scheduled",
  instructions: [],
  conflicts: [],
  executionDate: 2,
  resourceId: "proj/shop:env/production:flag/checkout",
  approvalSettings: {
    required: true,
    minNumApprovals: 1,
    canReviewOwnRequest: false,
    canApplyDeclinedChanges: false,
  },
};

it("puts changes and requests of the project in the order of their times, and failures apart", () => {
  const failed = change("failed", 0, { conflicts: [{ reason: "the flag is archived" }] });
  const foreign = { ...request, resourceId: "proj/other:env/production:flag/checkout" };
  const done = { ...request, status: "completed" as const };

  const calendar = calendarOf(
    [change("late", 3), failed, change("soon", 1)],
    [request, foreign, done],
    "shop",
  );

  expect(calendar.planned.map(({ kind, date }) => [kind, date])).toEqual([
    ["change", 1],
    ["request", 2],
    ["change", 3],
  ]);
  expect(calendar.failed).toEqual([failed]);
});

it("knows what is to be done to the same flag before", () => {
  const [soon, late, other] = [
    change("soon", 1),
    change("late", 3),
    change("other", 2, { flagKey: "cart" }),
  ];

  expect(earlierThan(late, [late, other, soon])).toEqual([soon]);
});
