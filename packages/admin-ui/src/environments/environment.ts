import { apiPath } from "../api/queries.ts";

/** An environment with its settings, as REST shows it. */
export interface EnvironmentSettings {
  readonly key: string;
  readonly name: string;
  readonly color: string;
  readonly defaultTtl: number;
  readonly secureMode: boolean;
  readonly defaultTrackEvents: boolean;
  readonly requireComments: boolean;
  readonly confirmChanges: boolean;
  readonly critical: boolean;
  readonly tags: readonly string[];
  readonly approvalSettings?: ApprovalSettings;
}

interface ApprovalSettings {
  readonly required: boolean;
  readonly minNumApprovals: number;
  readonly canReviewOwnRequest: boolean;
}

/** What can be edited in a form; approval is a setting like the others there. */
export interface EnvironmentForm {
  readonly name: string;
  readonly color: string;
  readonly defaultTtl: number;
  readonly secureMode: boolean;
  readonly defaultTrackEvents: boolean;
  readonly requireComments: boolean;
  readonly confirmChanges: boolean;
  readonly critical: boolean;
  readonly tags: readonly string[];
  readonly isApprovalRequired: boolean;
  readonly minNumApprovals: number;
  readonly canReviewOwnRequest: boolean;
}

export const newEnvironmentForm: EnvironmentForm = {
  name: "",
  color: "1b6fd0",
  defaultTtl: 0,
  secureMode: false,
  defaultTrackEvents: false,
  requireComments: false,
  confirmChanges: false,
  critical: false,
  tags: [],
  isApprovalRequired: false,
  minNumApprovals: 1,
  canReviewOwnRequest: false,
};

export function formOf(environment: EnvironmentSettings): EnvironmentForm {
  const { key: _, approvalSettings, ...settings } = environment;
  return {
    name: settings.name,
    color: settings.color.replace("#", ""),
    defaultTtl: settings.defaultTtl,
    secureMode: settings.secureMode,
    defaultTrackEvents: settings.defaultTrackEvents,
    requireComments: settings.requireComments,
    confirmChanges: settings.confirmChanges,
    critical: settings.critical,
    tags: settings.tags,
    isApprovalRequired: approvalSettings?.required ?? false,
    minNumApprovals: approvalSettings?.minNumApprovals ?? 1,
    canReviewOwnRequest: approvalSettings?.canReviewOwnRequest ?? false,
  };
}

type Operation = { readonly op: "replace"; readonly path: string; readonly value: unknown };

const approvalMembers: Readonly<Record<string, string>> = {
  isApprovalRequired: "/approvalSettings/required",
  minNumApprovals: "/approvalSettings/minNumApprovals",
  canReviewOwnRequest: "/approvalSettings/canReviewOwnRequest",
};

/** A JSON Patch of what the form changes; empty where it changes nothing. */
export function patchOf(before: EnvironmentForm, after: EnvironmentForm): readonly Operation[] {
  const changed = Object.entries(after).filter(
    ([member, value]) =>
      JSON.stringify(value) !== JSON.stringify(before[member as keyof EnvironmentForm]),
  );
  return changed.map(([member, value]) => ({
    op: "replace",
    path: approvalMembers[member] ?? `/${member}`,
    value,
  }));
}

/** The body that makes an environment; approval is set by {@link patchOf} afterwards. */
export function newEnvironmentOf(form: EnvironmentForm, key: string, source: string | undefined) {
  const { isApprovalRequired: _, minNumApprovals: __, canReviewOwnRequest: ___, ...rest } = form;
  return { key, ...rest, ...(source === undefined ? {} : { source: { key: source } }) };
}

export function environmentsPath(project: string): string {
  return apiPath("projects", project, "environments");
}
