import { deleteApprovalRequest, findApprovalRequest } from "../approvals/approval-queries.ts";
import type { RecordChange } from "../changes/changes.ts";
import { type DeferredSetup, refuseUnfit } from "../deferred/deferred-changes.ts";
import { placeOf } from "../deferred/deferred-queries.ts";
import { newId } from "../environments/environment-key.ts";
import type { FlagInEnvironment } from "../flags/flag-in-environment.ts";
import { parseFlagInstructions } from "../flags/flag-patch.ts";
import type { Tx } from "../storage/database.ts";
import { isApproved, newStages, type StageInput } from "./workflow.ts";
import { recordOn } from "./workflow-progress.ts";
import {
  deleteWorkflow,
  getWorkflow,
  saveWorkflow,
  stagesOf,
  type Workflow,
} from "./workflow-queries.ts";

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
  setup: DeferredSetup,
  input: NewWorkflow,
): Promise<Workflow> {
  const { params, access, principal, at } = setup;
  const place = await placeOf(tx, params);
  const stages = newStages(input.stages);
  for (const stage of stages) {
    const instructions = parseFlagInstructions(stage);
    if (isApproved(stage) || instructions.length === 0) continue;
    await refuseUnfit(tx, setup, instructions);
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
    ...place,
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
    after: workflow,
  });
  return saveWorkflow(tx, workflow);
}

/** Ends a workflow where it stands; what it waits to be approved of is taken back. */
export async function removeWorkflow(
  tx: Tx,
  record: RecordChange,
  params: FlagInEnvironment,
  id: string,
): Promise<void> {
  const workflow = await getWorkflow(tx, await placeOf(tx, params), id);
  for (const { requestId } of stagesOf(workflow).flatMap(({ conditions }) => conditions)) {
    const request = requestId === undefined ? undefined : await findApprovalRequest(tx, requestId);
    if (request !== undefined && request.status !== "completed")
      await deleteApprovalRequest(tx, request.id);
  }
  await deleteWorkflow(tx, workflow.id);
  await recordOn(record, workflow, params.projectKey, {
    instruction: { kind: "deleteWorkflow", id: workflow.id },
    words: `Delete the workflow ${workflow.name}`,
    before: workflow,
  });
}
