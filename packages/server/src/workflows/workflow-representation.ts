import { z } from "zod";
import { verdictOf } from "../approvals/approval.ts";
import {
  contentOf,
  countedReviews,
  findApprovalRequest,
  listReviews,
} from "../approvals/approval-queries.ts";
import { noApprovals } from "../approvals/approval-settings.ts";
import { authorOf } from "../deferred/deferred-queries.ts";
import { JsonValue } from "../http/json-value.ts";
import { Link, linkTo } from "../http/paging.ts";
import type { Db } from "../storage/database.ts";
import type { Condition, Stage } from "./workflow.ts";
import { stagesOf, type Workflow } from "./workflow-queries.ts";

const Execution = z.object({ status: z.string(), stopDate: z.int().optional() });
const Review = z.object({
  _id: z.string(),
  kind: z.string(),
  creationDate: z.int(),
  comment: z.string(),
  memberId: z.string().optional(),
});
const ConditionRepresentation = z.object({
  _id: z.string(),
  kind: z.string(),
  _execution: Execution,
  scheduleKind: z.string().optional(),
  executionDate: z.int().optional(),
  waitDuration: z.int().optional(),
  waitDurationUnit: z.string().optional(),
  description: z.string(),
  notifyMemberIds: z.array(z.string()),
  allReviews: z.array(Review),
  reviewStatus: z.string(),
  approvalRequestId: z.string().optional().describe("Where it is reviewed."),
});
const StageRepresentation = z.object({
  _id: z.string(),
  name: z.string(),
  conditions: z.array(ConditionRepresentation),
  action: z.object({
    kind: z.string(),
    instructions: z.array(z.record(z.string(), JsonValue)),
  }),
  _execution: Execution,
});
export const StageRepresentations = z.array(StageRepresentation);

export const WorkflowRepresentation = z
  .object({
    _id: z.string(),
    _version: z.int(),
    _conflicts: z.array(z.object({ stageId: z.string(), message: z.string() })),
    _creationDate: z.int(),
    _maintainerId: z.string(),
    _links: z.record(z.string(), Link),
    name: z.string(),
    description: z.string(),
    kind: z.string(),
    stages: StageRepresentations,
    _execution: Execution,
    templateKey: z.string().optional(),
  })
  .meta({ id: "Workflow" });

/** In a list of all flags. */
export const PlacedWorkflow = WorkflowRepresentation.extend({
  flagKey: z.string(),
  environmentKey: z.string(),
}).meta({ id: "PlacedWorkflow" });

export async function workflowRepresentation(
  db: Db,
  workflow: Workflow,
  all: string,
): Promise<z.infer<typeof WorkflowRepresentation>> {
  const stages = stagesOf(workflow);
  const failed = stages.find(({ status }) => status === "failed");
  const { failure, stopped_at, template_key } = workflow;
  return {
    _id: workflow.id,
    _version: workflow.version,
    _conflicts:
      failed === undefined || failure === null ? [] : [{ stageId: failed.id, message: failure }],
    _creationDate: workflow.created_at,
    _maintainerId: authorOf(workflow).id,
    _links: { self: linkTo(`${all}/${workflow.id}`), parent: linkTo(all) },
    name: workflow.name,
    description: workflow.description,
    kind: "custom",
    stages: await stageRepresentations(db, stages),
    _execution: executionOf(workflow.status, stopped_at ?? undefined),
    ...(template_key === null ? {} : { templateKey: template_key }),
  };
}

export async function stageRepresentations(
  db: Db,
  stages: readonly Stage[],
): Promise<z.infer<typeof StageRepresentations>> {
  return Promise.all(
    stages.map(async (stage) => ({
      _id: stage.id,
      name: stage.name,
      conditions: await Promise.all(stage.conditions.map((one) => conditionOf(db, one))),
      action: {
        kind: "patch",
        instructions: StageRepresentation.shape.action.shape.instructions.parse(stage.instructions),
      },
      _execution: executionOf(stage.status, stage.stoppedAt),
    })),
  );
}

function executionOf(status: string, stopDate: number | undefined) {
  return { status, ...(stopDate === undefined ? {} : { stopDate }) };
}

async function conditionOf(
  db: Db,
  condition: Condition,
): Promise<z.infer<typeof ConditionRepresentation>> {
  const status = condition.metAt === undefined ? "pending" : "completed";
  const shown = {
    _id: condition.id,
    kind: condition.kind,
    _execution: executionOf(status, condition.metAt),
    description: condition.description,
    notifyMemberIds: [],
    allReviews: [],
    reviewStatus: "pending",
  };
  if (condition.kind === "schedule") {
    const { scheduleKind, waitDuration, waitDurationUnit, executionDate } = condition;
    const date = condition.dueAt ?? executionDate;
    return {
      ...shown,
      scheduleKind,
      ...(date === undefined ? {} : { executionDate: date }),
      ...(waitDuration === undefined ? {} : { waitDuration }),
      ...(waitDurationUnit === undefined ? {} : { waitDurationUnit }),
    };
  }
  const notified = { ...shown, notifyMemberIds: condition.notifyMemberIds };
  const { requestId } = condition;
  const request = requestId === undefined ? undefined : await findApprovalRequest(db, requestId);
  if (request === undefined) return notified;
  const reviews = await listReviews(db, request.id);
  return {
    ...notified,
    approvalRequestId: request.id,
    reviewStatus: verdictOf(contentOf(request), countedReviews(reviews), noApprovals).status,
    allReviews: reviews.map((review) => ({
      _id: review.id,
      kind: review.kind,
      creationDate: review.created_at,
      comment: review.comment,
      ...(review.member_id === null ? {} : { memberId: review.member_id }),
    })),
  };
}
