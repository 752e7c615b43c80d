import { principalOfAuthor } from "../access/author.ts";
import type { Principal } from "../access/principal.ts";
import { verdictOf } from "../approvals/approval.ts";
import { applyRequest } from "../approvals/approval-application.ts";
import { createApprovalRequest } from "../approvals/approval-changes.ts";
import {
  contentOf,
  countedReviews,
  findApprovalRequest,
  getApprovalRequest,
  listReviews,
} from "../approvals/approval-queries.ts";
import { approvalSettingsOf } from "../approvals/approval-settings.ts";
import { readReviewable } from "../approvals/reviewable.ts";
import type { Changes, RecordChange } from "../changes/changes.ts";
import type { Actor } from "../changes/feed.ts";
import { doDeferred } from "../deferred/deferred-changes.ts";
import { recorderOf } from "../deferred/deferred-log.ts";
import { authorOf } from "../deferred/deferred-queries.ts";
import type { Environment } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { parseFlagInstructions } from "../flags/flag-patch.ts";
import { findProjectById, getEnvironment, type Project } from "../projects/project-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { type Condition, dueAt, type Stage } from "./workflow.ts";
import {
  findWorkflow,
  listActiveWorkflows,
  saveWorkflow,
  stagesOf,
  type Workflow,
} from "./workflow-queries.ts";

interface Progress {
  readonly workflow: Workflow;
  readonly project: Project;
  readonly environment: Environment;
  readonly principal: Principal;
  readonly at: number;
}

/** Takes every workflow as far as it can go now; how far is written along with what is done. */
export async function advanceWorkflows(db: Db, changes: Changes): Promise<void> {
  for (const active of await listActiveWorkflows(db)) {
    const project = await findProjectById(db, active.project_id);
    if (project === undefined) continue; // It goes with its project.
    const at = changes.now;
    const actor = actorOf(active);
    try {
      const author = await principalOfAuthor(db, authorOf(active), at);
      await changes.write({ ...author, actor }, async (tx, record) => {
        const workflow = await findWorkflow(tx, active.id);
        if (workflow?.status !== "active") return;
        const { environment } = await getEnvironment(tx, project.key, workflow.environment_key);
        await advance(tx, record, { workflow, project, environment, principal: author, at });
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const failure = error.message;
      await changes.write(actor, (tx, record) =>
        giveUp(tx, record, { active, project, failure, at }),
      );
    }
  }
}

async function advance(tx: Tx, record: RecordChange, progress: Progress): Promise<void> {
  const { workflow, at } = progress;
  const stages: Stage[] = [];
  let isStopped = false;
  for (const stage of stagesOf(workflow)) {
    const next: Stage = isStopped ? stage : await advanceStage(tx, record, progress, stage);
    isStopped ||= next.status !== "completed";
    stages.push(next);
  }
  const json = JSON.stringify(stages);
  if (json === workflow.stages && isStopped) return;
  const version = workflow.version + 1;
  const end = isStopped ? {} : { status: "completed" as const, stopped_at: at };
  await saveWorkflow(tx, { ...workflow, ...end, stages: json, version });
}

async function advanceStage(
  tx: Tx,
  record: RecordChange,
  progress: Progress,
  stage: Stage,
): Promise<Stage> {
  if (stage.status === "completed") return stage;
  const conditions: Condition[] = [];
  for (const condition of stage.conditions) {
    const mayBegin = !stage.isInSequence || conditions.every(({ metAt }) => metAt !== undefined);
    const next: Condition = mayBegin
      ? await advanceCondition(tx, record, { ...progress, stage }, condition)
      : condition;
    conditions.push(next);
  }
  const reached = { ...stage, conditions, status: "active" as const };
  if (conditions.some(({ metAt }) => metAt === undefined)) return reached;
  await carryOut(tx, record, progress, reached);
  return { ...reached, status: "completed", stoppedAt: progress.at };
}

async function advanceCondition(
  tx: Tx,
  record: RecordChange,
  progress: Progress & { readonly stage: Stage },
  condition: Condition,
): Promise<Condition> {
  const { at } = progress;
  if (condition.metAt !== undefined) return condition;
  if (condition.kind === "schedule") {
    const due = condition.dueAt ?? dueAt(condition, at) ?? at;
    return due <= at ? { ...condition, dueAt: due, metAt: at } : { ...condition, dueAt: due };
  }
  const requestId = condition.requestId ?? (await askForApproval(tx, record, progress, condition));
  const isMet = await isApprovedNow(tx, progress, requestId);
  return isMet ? { ...condition, requestId, metAt: at } : { ...condition, requestId };
}

async function askForApproval(
  tx: Tx,
  record: RecordChange,
  { workflow, project, principal, stage, at }: Progress & { readonly stage: Stage },
  condition: Extract<Condition, { kind: "ld-approval" }>,
): Promise<string> {
  const place = {
    projectKey: project.key,
    environmentKey: workflow.environment_key,
    kind: "flag" as const,
    key: workflow.flag_key,
  };
  const { notifyMemberIds, notifyTeamKeys, description } = condition;
  const request = await createApprovalRequest(tx, record, {
    project,
    place,
    input: {
      description: description === "" ? `${workflow.name}: ${stage.name}` : description,
      notifyMemberIds,
      notifyTeamKeys,
    },
    reviewable: readReviewable(place, stage.instructions),
    by: { ...principal, actor: authorOf(workflow) },
    at,
  });
  return request.id;
}

/** Applied by hand, it is met too. */
async function isApprovedNow(tx: Tx, { environment }: Progress, id: string): Promise<boolean> {
  const request = await getApprovalRequest(tx, id);
  if (request.status === "completed") return true;
  const reviews = countedReviews(await listReviews(tx, id));
  return verdictOf(contentOf(request), reviews, approvalSettingsOf(environment, "flag"))
    .canBeApplied;
}

async function carryOut(
  tx: Tx,
  record: RecordChange,
  progress: Progress,
  stage: Stage,
): Promise<void> {
  const { workflow, project, environment, principal, at } = progress;
  if (stage.instructions.length === 0) return;
  const requestId = stage.conditions.find(({ kind }) => kind === "ld-approval")?.requestId;
  if (requestId !== undefined) {
    const request = await findApprovalRequest(tx, requestId);
    if (request === undefined || request.status === "completed") return;
    const by = { actor: actorOf(workflow), memberId: undefined };
    await applyRequest(tx, record, { request, project, environment, by, at });
    return;
  }
  const patch = { instructions: parseFlagInstructions(stage), comment: workflow.name };
  await doDeferred(tx, record, { project, place: workflow, principal, patch, at });
}

async function giveUp(
  tx: Tx,
  record: RecordChange,
  given: {
    readonly active: Workflow;
    readonly project: Project;
    readonly failure: string;
    readonly at: number;
  },
): Promise<void> {
  const { active, project, failure, at } = given;
  const workflow = await findWorkflow(tx, active.id);
  if (workflow?.status !== "active") return;
  const stages = stagesOf(workflow);
  const broken = stages.find(({ status }) => status !== "completed");
  const failed = stages.map((stage) =>
    stage === broken ? { ...stage, status: "failed" as const, stoppedAt: at } : stage,
  );
  const after: Workflow = {
    ...workflow,
    status: "failed",
    failure,
    stages: JSON.stringify(failed),
    stopped_at: at,
    version: workflow.version + 1,
  };
  await saveWorkflow(tx, after);
  await recordOn(record, workflow, project.key, {
    instruction: { kind: "failWorkflow", id: workflow.id },
    words: `The workflow ${workflow.name} could not go on: ${failure}`,
    before: workflow,
    after,
  });
}

function actorOf({ id, name }: Workflow): Actor {
  return { kind: "workflow", id, name };
}

export const recordOn = recorderOf<Workflow>({
  kind: "workflow",
  subjectOf: ({ flag_key }) => `flag/${flag_key}`,
  stateOf: (workflow) => {
    const { id, name, status, failure } = workflow;
    return { id, name, status, failure, stages: stagesOf(workflow) };
  },
});
