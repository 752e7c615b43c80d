import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { placeOf } from "../deferred/deferred-queries.ts";
import { DomainError } from "../errors.ts";
import { CopyActions, copyOf } from "../flags/flag-copy.ts";
import { FlagInEnvironment, flagInEnvironment } from "../flags/flag-in-environment.ts";
import { getFlag } from "../flags/flag-queries.ts";
import { listOf, wholeList } from "../http/paging.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { asked, flagPath, flagPlace, Instructions, timed } from "./approval-body.ts";
import { ApprovalDesk, type ApprovalParts } from "./approval-desk.ts";
import { listApprovalRequestsOf } from "./approval-queries.ts";
import { ApprovalRepresentation, approvalRepresentation } from "./approval-representation.ts";

const tags = ["Approvals"];

/** Requests that are made and listed where their flag is. */
export const flagApprovalRoutes: FastifyPluginAsyncZod<ApprovalParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(askingRoutes, { desk: new ApprovalDesk(parts) });
};

const readingRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get(
    flagPath,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getApprovalsForFlag",
        summary: "List the approval requests of a flag in an environment",
        tags,
        params: FlagInEnvironment,
        response: { 200: listOf(ApprovalRepresentation) },
      },
    },
    async ({ params, url }) => {
      const found = await listApprovalRequestsOf(db, await placeOf(db, params));
      const items = await Promise.all(found.map((one) => approvalRepresentation(db, one)));
      return wholeList(url, items);
    },
  );
};

const askingRoutes: FastifyPluginAsyncZod<{ desk: ApprovalDesk }> = async (app, { desk }) => {
  const { db } = desk;
  const creating = {
    action: "createApprovalRequest",
    resource: flagInEnvironment,
  };
  app.post(
    flagPath,
    {
      config: { access: creating },
      schema: {
        operationId: "postApprovalRequestForFlag",
        summary: "Ask for approval of a change of a flag",
        tags,
        params: FlagInEnvironment,
        body: z.object({ ...asked, ...timed, instructions: Instructions }),
        response: { 201: ApprovalRepresentation },
      },
    },
    async ({ params, body, access, principal }, reply) => {
      const made = await desk.create({ access, principal }, flagPlace(params), body);
      return reply.code(201).send(await approvalRepresentation(db, made));
    },
  );

  app.post(
    `${flagPath}-flag-copy`,
    {
      config: { access: creating },
      schema: {
        operationId: "postFlagCopyConfigApprovalRequest",
        summary: "Ask for approval to copy a flag's targeting from another environment",
        tags,
        params: FlagInEnvironment,
        body: z.object({
          ...asked,
          source: z.object({ key: z.string(), version: z.int().optional() }),
          includedActions: CopyActions,
          excludedActions: CopyActions,
        }),
        response: { 201: ApprovalRepresentation },
      },
    },
    async ({ params, body, access, principal }, reply) => {
      const { environmentKey, flagKey, projectKey } = params;
      const { includedActions, excludedActions, ...input } = body;
      const { project } = await getEnvironment(db, projectKey, environmentKey);
      const { state } = await getFlag(db, project, flagKey);
      const { source } = body;
      const target = { key: environmentKey };
      const copy = { source: { key: source.key }, target, includedActions, excludedActions };
      const { instructions } = copyOf(state, copy);
      if (instructions.length === 0) {
        throw new DomainError(
          "conflict",
          `"${source.key}" and "${environmentKey}" are the same in what is to be copied; there is nothing to approve`,
        );
      }
      const asking = { ...input, instructions };
      const made = await desk.create({ access, principal }, flagPlace(params), asking);
      return reply.code(201).send(await approvalRepresentation(db, made));
    },
  );
};
