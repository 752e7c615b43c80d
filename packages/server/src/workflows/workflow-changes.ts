import type { Principal } from "../access/principal.ts";
import type { Access } from "../access/route-access.ts";
import { refuseUnapprovedLater } from "../approvals/approval-guard.ts";
import { deleteApprovalRequest, findApprovalRequest } from "../approvals/approval-queries.ts";
import type { Change } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { requireInstructions } from "../flags/flag-actions.ts";
import { parseFlagInstructions } from "../flags/flag-patch.ts";
import { getFlag } from "../flags/flag-queries.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { isApproved, newStages, type StageInput } from "./workflow.ts";
import { recordOn } from "./workflow-progress.ts";
import { deleteWorkflow, saveWorkflow, stagesOf, type Workflow } from "./workflow-queries.ts";

type RecordChange = (change: Change) => Promise<void>;

export interface WorkflowSetup {
  readonly params: {
    readonly projectKey: string;
    readonly flagKey: string;
    readonly environmentKey: string;
  };
  readonly access: Access;
  readonly principal: Principal;
  readonly at: number;
}

export interface NewWorkflow {
  readonly name: string;
  readonly description?: string | undefined;
  readonly templateKey?: string | undefined;
  readonly stages: readonly StageInput[];
  readonly isDryRun: boolean;
}

/** Stores a workflow; it goes on from its first stage when work that is due is done. */
export async function createWorkflow(
  tx: Tx,
  record: RecordChange,
  setup: WorkflowSetup,
  input: NewWorkflow,
): Promise<Workflow> {
  const { params, access, principal, at } = setup;
  const place = await getEnvironment(tx, params.projectKey, params.environmentKey);
  const { state: flag } = await getFlag(tx, place.project, params.flagKey);
  const stages = newStages(input.stages);
  const about = { projectKey: params.projectKey, environment: place.environment, flag };
  for (const stage of stages) {
    const instructions = parseFlagInstructions(stage);
    if (isApproved(stage) || instructions.length === 0) continue;
    await requireInstructions(access.within(tx), params, instructions);
    await refuseUnapprovedLater(tx, principal, about);
  }
  if (stages.some(isApproved)) {
    const steps = [
      ["proj", params.projectKey],
      ["env", params.environmentKey],
      ["flag", params.flagKey],
    ] as const;
    await access.within(tx).require("createApprovalRequest", ...steps);
  }
  const workflow: Workflow = {
    id: newId(),
    project_id: place.project.id,
    environment_key: params.environmentKey,
    flag_key: params.flagKey,
    author: JSON.stringify(principal.actor),
    name: input.name,
    description: input.description ?? "",
    template_key: input.templateKey ?? null,
    status: "active",
    failure: null,
    stages: JSON.stringify(stages),
    version: 1,
    created_at: at,
    stopped_at: null,
  };
  if (input.isDryRun) return workflow;
  await recordOn(record, workflow, params.projectKey, {
    instruction: { kind: "createWorkflow", id: workflow.id },
    words: `Begin the workflow ${input.name}`,
  });
  return saveWorkflow(tx, workflow);
}

/** Ends a workflow where it stands; what it waits to be approved of is taken back. */
export async function removeWorkflow(
  tx: Tx,
  record: RecordChange,
  workflow: Workflow,
  projectKey: string,
): Promise<void> {
  for (const { requestId } of stagesOf(workflow).flatMap(({ conditions }) => conditions)) {
    const request = requestId === undefined ? undefined : await findApprovalRequest(tx, requestId);
    if (request !== undefined && request.status !== "completed")
      await deleteApprovalRequest(tx, request.id);
  }
  await deleteWorkflow(tx, workflow.id);
  await recordOn(record, workflow, projectKey, {
    instruction: { kind: "deleteWorkflow", id: workflow.id },
    words: `Delete the workflow ${workflow.name}`,
  });
}
