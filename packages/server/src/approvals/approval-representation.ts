import { z } from "zod";
import type { Access } from "../access/route-access.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import { findFlag } from "../flags/flag-queries.ts";
import { JsonValue } from "../http/json-value.ts";
import { Link, linkTo } from "../http/paging.ts";
import { findProjectById } from "../projects/project-queries.ts";
import {
  EnvironmentRepresentation,
  projectRepresentation,
  shownEnvironment,
} from "../projects/project-representation.ts";
import type { Db } from "../storage/database.ts";
import { verdictOf } from "./approval.ts";
import { instructionsIn } from "./approval-application.ts";
import {
  type ApprovalRequest,
  contentOf,
  countedReviews,
  listIn,
  listReviews,
} from "./approval-queries.ts";
import { ApprovalSettings, approvalSettingsOf, noApprovals } from "./approval-settings.ts";
import { resourceIdOf } from "./reviewable.ts";

const Time = z.int();
const Instruction = z.record(z.string(), JsonValue);

const Review = z
  .object({
    _id: z.string(),
    kind: z.enum(["approve", "decline", "comment"]),
    creationDate: Time,
    comment: z.string(),
    memberId: z.string().optional(),
    serviceTokenId: z.string().optional(),
    isOutdated: z.boolean().describe("Whether the instructions have changed since."),
  })
  .meta({ id: "ApprovalReview" });

/** A request as REST shows it. */
export const ApprovalRepresentation = z
  .object({
    _id: z.string(),
    _version: z.int(),
    creationDate: Time,
    serviceKind: z.string(),
    requestorId: z.string().optional(),
    description: z.string(),
    reviewStatus: z.enum(["approved", "declined", "pending"]),
    allReviews: z.array(Review),
    notifyMemberIds: z.array(z.string()),
    appliedDate: Time.optional(),
    appliedByMemberId: z.string().optional(),
    appliedByServiceTokenId: z.string().optional(),
    status: z.enum(["pending", "completed", "failed", "scheduled"]),
    instructions: z.array(Instruction),
    conflicts: z.array(z.object({ reason: z.string() })),
    _links: z.record(z.string(), Link),
    executionDate: Time.optional(),
    operatingOnId: z.string().optional(),
    source: z.object({ key: z.string(), version: z.int().optional() }).optional(),
    resourceId: z.string(),
    approvalSettings: ApprovalSettings,
    project: z.looseObject({}).optional(),
    environments: z.array(EnvironmentRepresentation).optional(),
    flag: z.looseObject({}).optional(),
    resource: z.looseObject({}).optional(),
  })
  .meta({ id: "ApprovalRequest" });
export type ApprovalRepresentation = z.output<typeof ApprovalRepresentation>;

export const approvalExpansions = ["project", "environments", "flag", "resource"] as const;
type ApprovalExpansion = (typeof approvalExpansions)[number];

/** What is added to a request, and for whom. */
export interface ApprovalView {
  readonly expanded: ReadonlySet<ApprovalExpansion>;
  readonly access: Access;
}

export async function approvalRepresentation(
  db: Db,
  request: ApprovalRequest,
  view?: ApprovalView,
): Promise<ApprovalRepresentation> {
  const expanded = view?.expanded ?? new Set<ApprovalExpansion>();
  const project = await findProjectById(db, request.project_id);
  if (project === undefined) throw new Error(`request ${request.id} is of no project`);
  const environments = await listEnvironments(db, project.id);
  const environment = environments.find(({ key }) => key === request.environment_key);
  const settings =
    environment === undefined ? noApprovals : approvalSettingsOf(environment, request.kind);
  const reviews = await listReviews(db, request.id);
  const place = {
    projectKey: project.key,
    environmentKey: request.environment_key,
    kind: request.kind,
    key: request.resource_key,
  };
  const parsed = ApprovalRepresentation.shape.instructions.parse(instructionsIn(request));
  return {
    ...factsOf(request),
    reviewStatus: verdictOf(contentOf(request), countedReviews(reviews), settings).status,
    allReviews: reviews.map((review) => ({
      _id: review.id,
      kind: review.kind,
      creationDate: review.created_at,
      comment: review.comment,
      ...(review.member_id === null ? {} : { memberId: review.member_id }),
      ...(review.token_id === null ? {} : { serviceTokenId: review.token_id }),
      isOutdated: review.content_version !== request.content_version,
    })),
    instructions: parsed,
    resourceId: resourceIdOf(place),
    approvalSettings: settings,
    ...(expanded.has("project") ? { project: { ...projectRepresentation(project) } } : {}),
    ...(expanded.has("environments") && environment !== undefined && view !== undefined
      ? { environments: [await shownEnvironment(environment, project.key, view.access)] }
      : {}),
    ...(await expandedFlag(db, request, { projectKey: project.key, expanded })),
  };
}

function factsOf(request: ApprovalRequest) {
  const self = linkTo(`/api/v2/approval-requests/${request.id}`);
  const applier = request.applied_by_member_id;
  return {
    _id: request.id,
    _version: request.version,
    creationDate: request.created_at,
    serviceKind: "launchdarkly",
    ...(request.requestor_member_id === null ? {} : { requestorId: request.requestor_member_id }),
    description: request.description,
    notifyMemberIds: [...listIn(request.notify_member_ids)],
    ...(request.applied_at === null ? {} : { appliedDate: request.applied_at }),
    ...(applier === null ? {} : { appliedByMemberId: applier }),
    ...(applier === null && request.applied_by !== null
      ? { appliedByServiceTokenId: actorId(request.applied_by) }
      : {}),
    status: request.status,
    conflicts: request.failure === null ? [] : [{ reason: request.failure }],
    _links: { self, apply: linkTo(`${self.href}/apply`), review: linkTo(`${self.href}/reviews`) },
    ...(request.execution_date === null ? {} : { executionDate: request.execution_date }),
    ...(request.operating_on_id === null ? {} : { operatingOnId: request.operating_on_id }),
    ...(request.source === null
      ? {}
      : { source: z.object({ key: z.string() }).loose().parse(JSON.parse(request.source)) }),
  };
}

function actorId(json: string): string {
  return z.object({ id: z.string() }).parse(JSON.parse(json)).id;
}

async function expandedFlag(
  db: Db,
  request: ApprovalRequest,
  { projectKey, expanded }: { projectKey: string; expanded: ReadonlySet<ApprovalExpansion> },
): Promise<Pick<ApprovalRepresentation, "flag" | "resource">> {
  if (request.kind !== "flag" || !(expanded.has("flag") || expanded.has("resource"))) return {};
  const stored = await findFlag(db, request.project_id, request.resource_key);
  if (stored === undefined) return {};
  const { state, version, createdAt } = stored;
  const flag = {
    name: state.name,
    kind: state.kind,
    description: state.description,
    key: state.key,
    _version: version,
    creationDate: createdAt,
    clientSideAvailability: state.clientSideAvailability,
    variations: state.variations.map(({ id, ...variation }) => ({ _id: id, ...variation })),
    temporary: state.temporary,
    tags: state.tags,
    _links: { self: linkTo(`/api/v2/flags/${projectKey}/${state.key}`) },
    customProperties: {},
    archived: state.archived,
  };
  return {
    ...(expanded.has("flag") ? { flag } : {}),
    ...(expanded.has("resource") ? { resource: { kind: "flag", flag } } : {}),
  };
}
