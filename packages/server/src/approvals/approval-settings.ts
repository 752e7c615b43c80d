import { z } from "zod";

/** The kinds of resources that can be protected, each by settings of its own. */
export const resourceKinds = ["flag", "segment"] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** What an environment asks of a change before it is made. */
export const ApprovalSettings = z.object({
  required: z.boolean(),
  bypassApprovalsForPendingChanges: z
    .boolean()
    .describe("Whether what was scheduled before approvals were required is still done."),
  minNumApprovals: z.int().min(1).max(5),
  canReviewOwnRequest: z.boolean(),
  canApplyDeclinedChanges: z
    .boolean()
    .describe("Whether enough approvals count although somebody has declined."),
  autoApplyApprovedChanges: z.boolean(),
  serviceKind: z.literal("launchdarkly").describe("Where reviews are made: in this API."),
  serviceConfig: z.record(z.string(), z.unknown()),
  requiredApprovalTags: z
    .array(z.string().min(1))
    .describe("Approval is required for what has one of these tags; for all where there are none."),
});
export type ApprovalSettings = z.infer<typeof ApprovalSettings>;

export type SettingsByKind = Partial<Record<ResourceKind, ApprovalSettings>>;

/** How every environment begins. */
export const noApprovals: ApprovalSettings = {
  required: false,
  bypassApprovalsForPendingChanges: false,
  minNumApprovals: 1,
  canReviewOwnRequest: false,
  canApplyDeclinedChanges: false,
  autoApplyApprovedChanges: false,
  serviceKind: "launchdarkly",
  serviceConfig: {},
  requiredApprovalTags: [],
};

export function approvalSettingsOf(
  { approval_settings }: { readonly approval_settings: string },
  kind: ResourceKind,
): ApprovalSettings {
  return settingsByKindOf(approval_settings)[kind] ?? noApprovals;
}

export function settingsByKindOf(json: string): SettingsByKind {
  // Written by this server from its own types.
  return JSON.parse(json) as SettingsByKind;
}

/** Whether something with the tags needs approval. */
export function isApprovalRequired(
  { required, requiredApprovalTags }: ApprovalSettings,
  tags: readonly string[],
): boolean {
  return (
    required &&
    (requiredApprovalTags.length === 0 || requiredApprovalTags.some((tag) => tags.includes(tag)))
  );
}

/** The settings by which the new ones ask for less than those before. */
export function weakenedSettings(
  before: ApprovalSettings,
  after: ApprovalSettings,
): readonly (keyof ApprovalSettings)[] {
  if (!before.required) return [];
  const gained = (name: "canReviewOwnRequest" | "canApplyDeclinedChanges") =>
    after[name] && !before[name] ? [name] : [];
  const hadAll = before.requiredApprovalTags.length === 0;
  const hasAll = after.requiredApprovalTags.length === 0;
  const losesTags =
    !hasAll &&
    (hadAll ||
      before.requiredApprovalTags.some((tag) => !after.requiredApprovalTags.includes(tag)));
  return [
    ...(after.required ? [] : ["required" as const]),
    ...(after.minNumApprovals < before.minNumApprovals ? ["minNumApprovals" as const] : []),
    ...gained("canReviewOwnRequest"),
    ...gained("canApplyDeclinedChanges"),
    ...(after.bypassApprovalsForPendingChanges && !before.bypassApprovalsForPendingChanges
      ? ["bypassApprovalsForPendingChanges" as const]
      : []),
    ...(losesTags ? ["requiredApprovalTags" as const] : []),
  ];
}
