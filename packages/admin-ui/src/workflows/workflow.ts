import type { Json } from "@halyard/evaluation";
import { apiPath } from "../api/queries.ts";

export const waitUnits = ["calendarHour", "calendarDay", "calendarWeek"] as const;
export type WaitUnit = (typeof waitUnits)[number];

type Instruction = { readonly kind: string } & Readonly<Record<string, Json>>;

/** What a stage waits for. */
export interface Condition {
  readonly _id: string;
  readonly kind: "schedule" | "ld-approval";
  readonly _execution: { readonly status: string; readonly stopDate?: number };
  /** Unix milliseconds; absent where it begins with its stage. */
  readonly executionDate?: number;
  readonly waitDuration?: number;
  readonly waitDurationUnit?: WaitUnit | "calendarMinute";
  readonly description: string;
  readonly reviewStatus: string;
  /** Where it is reviewed; absent until the stage begins. */
  readonly approvalRequestId?: string;
}

export interface Stage {
  readonly _id: string;
  readonly name: string;
  readonly conditions: readonly Condition[];
  readonly action: { readonly instructions: readonly Instruction[] };
  readonly _execution: {
    readonly status: "pending" | "active" | "completed" | "failed";
    readonly stopDate?: number;
  };
}

/** A workflow as REST lists those of a project. */
export interface Workflow {
  readonly _id: string;
  readonly name: string;
  readonly description: string;
  readonly flagKey: string;
  readonly environmentKey: string;
  readonly stages: readonly Stage[];
  readonly _creationDate: number;
  readonly _maintainerId: string;
  readonly _execution: { readonly status: "active" | "completed" | "failed" };
  /** Why a stage could not be done. */
  readonly _conflicts: readonly { readonly stageId: string; readonly message: string }[];
}

export interface WorkflowTemplate {
  readonly _id: string;
  readonly _key: string;
  readonly name: string;
  readonly description: string;
  readonly stages?: readonly Stage[];
}

export const workflowViews = ["active", "done"] as const;
export type WorkflowView = (typeof workflowViews)[number];

export function workflowsPath(project: string): string {
  return apiPath("projects", project, "workflows");
}

/** Where workflows of a flag begin. */
export function flagWorkflowsPath(project: string, flag: string, environment: string): string {
  return apiPath("projects", project, "flags", flag, "environments", environment, "workflows");
}

export const templatesPath = apiPath("templates");

/** Those under way, or those that have come to an end in one way or another. */
export function workflowsUnder(
  view: WorkflowView,
  workflows: readonly Workflow[],
): readonly Workflow[] {
  return workflows.filter(
    ({ _execution }) => (_execution.status === "active") === (view === "active"),
  );
}

/** The number of the stage that it stands at, from 1. */
export function stageNumber({ stages }: Pick<Workflow, "stages">): number {
  const at = stages.findIndex(({ _execution }) => _execution.status !== "completed");
  return at === -1 ? stages.length : at + 1;
}
