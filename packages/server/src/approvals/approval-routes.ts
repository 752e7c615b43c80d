import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Access } from "../access/route-access.ts";
import { FlagInEnvironment } from "../flags/flag-in-environment.ts";
import { parseExpand } from "../http/expand.ts";
import { anyOf, type FilterOf, list, parseFilter, text } from "../http/filter.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { asked, flagPath, flagPlace, Instructions, timed } from "./approval-body.ts";
import { ApprovalDesk, type ApprovalParts } from "./approval-desk.ts";
import { ApprovalInstruction } from "./approval-instructions.ts";
import { listApprovalRequests } from "./approval-queries.ts";
import {
  ApprovalRepresentation,
  approvalExpansions,
  approvalRepresentation,
} from "./approval-representation.ts";
import { placeOf } from "./reviewable.ts";

const tags = ["Approvals"];
const ReviewBody = z.object({
  kind: z.enum(["approve", "comment", "decline"]).default("comment"),
  comment: z.string().optional(),
});
const ApplyBody = z.object({ comment: z.string().optional() }).nullish();
const EditBody = z.object({
  comment: z.string().optional(),
  instructions: z.array(ApprovalInstruction).min(1),
});
const aboutRequest = {
  anyoneKnown: "the request says what it is about, and the handler asks about that",
};
const one = { 200: ApprovalRepresentation };
const expand = z
  .string()
  .optional()
  .describe(`What to add: ${approvalExpansions.join(", ")}.`);

/** Requests to change something, which others review before it is done. */
export const approvalRoutes: FastifyPluginAsyncZod<ApprovalParts> = async (app, parts) => {
  const desk = new ApprovalDesk(parts);
  await app.register(listingRoutes, { desk });
  await app.register(requestRoutes, { desk });
  await app.register(requestRoutes, { desk, ofFlag: true });
};

const filters = {
  requestorId: text,
  resourceId: text,
  resourceKind: text,
  notifyMemberIds: list,
  reviewStatus: anyOf("approved", "declined", "pending"),
  status: anyOf("pending", "scheduled", "completed", "failed"),
};

const listingRoutes: FastifyPluginAsyncZod<{ desk: ApprovalDesk }> = async (app, { desk }) => {
  const { db } = desk;
  app.get(
    "/api/v2/approval-requests",
    {
      config: { access: { anyoneKnown: "the list holds what the caller may see" } },
      schema: {
        operationId: "getApprovalRequests",
        summary: "List approval requests",
        tags,
        querystring: z.object({
          ...pageQuery,
          filter: z.string().optional().describe("Such as status:pending,reviewStatus:approved."),
          expand,
        }),
        response: { 200: listOf(ApprovalRepresentation) },
      },
    },
    async ({ query, url, access }) => {
      const wanted = parseFilter(query.filter, filters);
      const expanded = parseExpand(query.expand, approvalExpansions);
      const all = await Promise.all(
        (await listApprovalRequests(db)).map((one) =>
          approvalRepresentation(db, one, { expanded, access }),
        ),
      );
      const visible = await visibleTo(access, all);
      const page = pageOf(visible.filter(matches(wanted)), query);
      return pagedList(url, page, query);
    },
  );

  app.post(
    "/api/v2/approval-requests",
    {
      config: { access: aboutRequest },
      schema: {
        operationId: "postApprovalRequest",
        summary: "Ask for approval of a change",
        tags,
        body: z.object({
          ...asked,
          ...timed,
          resourceId: z.string().describe("Such as proj/web-shop:env/production:flag/checkout."),
          instructions: Instructions,
        }),
        response: { 201: ApprovalRepresentation },
      },
    },
    async ({ body, access, principal }, reply) => {
      const { resourceId, ...input } = body;
      const made = await desk.create({ access, principal }, placeOf(resourceId), input);
      return reply.code(201).send(await approvalRepresentation(db, made));
    },
  );
};

async function visibleTo(
  access: Access,
  all: readonly ApprovalRepresentation[],
): Promise<readonly ApprovalRepresentation[]> {
  const visible: ApprovalRepresentation[] = [];
  for (const one of all) {
    const { projectKey } = placeOf(one.resourceId);
    if (await access.permits("viewProject", ["proj", projectKey])) visible.push(one);
  }
  return visible;
}

function matches(wanted: FilterOf<typeof filters>): (one: ApprovalRepresentation) => boolean {
  return (one) =>
    (wanted.requestorId === undefined || one.requestorId === wanted.requestorId) &&
    (wanted.resourceId === undefined || one.resourceId === wanted.resourceId) &&
    (wanted.resourceKind === undefined || placeOf(one.resourceId).kind === wanted.resourceKind) &&
    (wanted.notifyMemberIds?.some((id) => one.notifyMemberIds.includes(id)) ?? true) &&
    (wanted.reviewStatus?.includes(one.reviewStatus) ?? true) &&
    (wanted.status?.includes(one.status) ?? true);
}

const byId = z.object({ id: z.string() });
const Named = byId.extend(FlagInEnvironment.partial().shape);

/** The name of a request; under a flag's path it has to be one of that flag. */
function nameOf({ id, ...path }: z.infer<typeof Named>) {
  const flag = FlagInEnvironment.safeParse(path);
  return flag.success ? { id, place: flagPlace(flag.data) } : { id };
}

interface RequestPaths {
  readonly desk: ApprovalDesk;
  readonly ofFlag?: boolean;
}

const config = { access: aboutRequest };

/** What a request is reached by: by itself, or under its flag. */
function reachedBy({ ofFlag = false }: RequestPaths) {
  const path = ofFlag ? `${flagPath}/:id` : "/api/v2/approval-requests/:id";
  const params = ofFlag ? byId.extend(FlagInEnvironment.shape) : Named;
  const operation = (operationId: string, summary: string) => ({
    operationId: ofFlag ? `${operationId}ForFlag` : operationId,
    summary,
    tags,
    params,
  });
  return { path, operation };
}

const requestRoutes: FastifyPluginAsyncZod<RequestPaths> = async (app, paths) => {
  const { path, operation } = reachedBy(paths);
  const { desk } = paths;
  const { db } = desk;
  app.get(
    path,
    {
      config,
      schema: {
        ...operation("getApproval", "Read one approval request"),
        querystring: z.object({ expand }),
        response: one,
      },
    },
    async ({ params, query, access }) => {
      const expanded = parseExpand(query.expand, approvalExpansions);
      return approvalRepresentation(db, await desk.find({ access }, nameOf(params)), {
        expanded,
        access,
      });
    },
  );

  app.patch(
    path,
    {
      config,
      schema: {
        ...operation("patchApprovalRequest", "Change an approval request"),
        description: "replaceInstructions makes it another request: the reviews so far are void.",
        body: EditBody,
        response: one,
      },
    },
    async ({ params, body, access, principal }) =>
      approvalRepresentation(db, await desk.edit({ access, principal }, nameOf(params), body)),
  );

  app.delete(
    path,
    {
      config,
      schema: {
        ...operation("deleteApprovalRequest", "Take an approval request back"),
        response: { 204: noContent },
      },
    },
    async ({ params, access, principal }, reply) => {
      await desk.remove({ access, principal }, nameOf(params));
      return reply.code(204).send(null);
    },
  );

  await app.register(decidingRoutes, paths);
};

const decidingRoutes: FastifyPluginAsyncZod<RequestPaths> = async (app, paths) => {
  const { path, operation } = reachedBy(paths);
  const { desk } = paths;
  const { db } = desk;
  app.post(
    `${path}/reviews`,
    {
      config,
      schema: {
        ...operation("postApprovalRequestReview", "Approve, decline or comment"),
        body: ReviewBody,
        response: one,
      },
    },
    async ({ params, body, access, principal }) =>
      approvalRepresentation(db, await desk.review({ access, principal }, nameOf(params), body)),
  );

  app.post(
    `${path}/apply`,
    {
      config,
      schema: {
        ...operation("postApprovalRequestApply", "Do what was approved"),
        body: ApplyBody,
        response: one,
      },
    },
    async ({ params, body, access, principal }) => {
      const visitor = { access, principal };
      const applied = await desk.apply(visitor, nameOf(params), body?.comment);
      return approvalRepresentation(db, applied);
    },
  );
};
