import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { placeOf } from "../deferred/deferred-queries.ts";
import { DomainError } from "../errors.ts";
import { FlagInEnvironment, flagInEnvironment } from "../flags/flag-in-environment.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { StageInput } from "./workflow.ts";
import { createWorkflow, removeWorkflow } from "./workflow-changes.ts";
import {
  getTemplate,
  getWorkflow,
  listWorkflows,
  listWorkflowsInProject,
  stageInputsOf,
  type Workflow,
} from "./workflow-queries.ts";
import {
  PlacedWorkflow,
  WorkflowRepresentation,
  workflowRepresentation,
} from "./workflow-representation.ts";

const ofWorkflow = FlagInEnvironment.extend({ workflowId: z.string() });
const path = "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/workflows";
const updating = {
  action: "updateFeatureWorkflows",
  resource: flagInEnvironment,
};
const tags = ["Workflows"];
const orders = {
  creationDate: (a: Workflow, b: Workflow) => a.created_at - b.created_at,
  name: (a: Workflow, b: Workflow) => compareTexts(a.name, b.name),
};

interface WorkflowParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Changes of a flag in stages, each of which waits for times and approvals. */
export const workflowRoutes: FastifyPluginAsyncZod<WorkflowParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(changingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<WorkflowParts> = async (app, { db }) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getWorkflows",
        summary: "List the workflows of a flag",
        tags,
        params: FlagInEnvironment,
        querystring: z.object({
          ...pageQuery,
          sort: z.string().optional(),
          status: z.enum(["active", "completed", "failed"]).optional(),
        }),
        response: { 200: listOf(WorkflowRepresentation) },
      },
    },
    async ({ params, query, url }) => {
      const order = parseSort(query.sort, orders);
      const all = await listWorkflows(db, await placeOf(db, params));
      const matching = all.filter(({ status }) => (query.status ?? status) === status);
      const page = pageOf(matching.toSorted(order), query);
      const items = await Promise.all(
        page.items.map((one) => workflowRepresentation(db, one, addressOf(params))),
      );
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    "/api/v2/projects/:projectKey/workflows",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getWorkflowsOfProject",
        summary: "List the workflows of all flags of a project",
        description: "The newest first.",
        tags,
        params: FlagInEnvironment.pick({ projectKey: true }),
        querystring: z.object(pageQuery),
        response: { 200: listOf(PlacedWorkflow) },
      },
    },
    async ({ params: { projectKey }, query, url }) => {
      const project = await getProject(db, projectKey);
      const page = pageOf(await listWorkflowsInProject(db, project.id), query);
      const items = await Promise.all(
        page.items.map(async (one) => {
          const place = { flagKey: one.flag_key, environmentKey: one.environment_key };
          const address = addressOf({ projectKey, ...place });
          return { ...(await workflowRepresentation(db, one, address)), ...place };
        }),
      );
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    `${path}/:workflowId`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getCustomWorkflow",
        summary: "Read one workflow",
        tags,
        params: ofWorkflow,
        response: { 200: WorkflowRepresentation },
      },
    },
    async ({ params }) => {
      const found = await getWorkflow(db, await placeOf(db, params), params.workflowId);
      return workflowRepresentation(db, found, addressOf(params));
    },
  );
};

const changingRoutes: FastifyPluginAsyncZod<WorkflowParts> = async (app, { db, changes }) => {
  app.post(
    path,
    {
      config: { access: updating },
      schema: {
        operationId: "postWorkflow",
        summary: "Begin a workflow",
        description: "Its stages come from the template that is named, unless they are given.",
        tags,
        params: FlagInEnvironment,
        querystring: z.object({
          templateKey: z.string().optional(),
          dryRun: z.stringbool().default(false),
        }),
        body: z.object({
          name: z.string().min(1),
          description: z.string().optional(),
          maintainerId: z.string().optional(),
          templateKey: z.string().optional(),
          stages: z.array(StageInput).min(1).optional(),
        }),
        response: { 201: WorkflowRepresentation },
      },
    },
    async ({ params, query, body, access, principal }, reply) => {
      const setup = { params, access, principal, at: changes.now };
      const { name, description } = body;
      const templateKey = body.templateKey ?? query.templateKey;
      const made = await changes.write(principal, async (tx, record) => {
        const template = templateKey === undefined ? undefined : await getTemplate(tx, templateKey);
        const stages = body.stages ?? (template === undefined ? [] : stageInputsOf(template));
        if (stages.length === 0) {
          throw new DomainError("invalid_request", "give stages, or the key of a template");
        }
        const input = { name, description, templateKey, stages, isDryRun: query.dryRun };
        return createWorkflow(tx, record, setup, input);
      });
      return reply.code(201).send(await workflowRepresentation(db, made, addressOf(params)));
    },
  );

  app.delete(
    `${path}/:workflowId`,
    {
      config: { access: updating },
      schema: {
        operationId: "deleteWorkflow",
        summary: "End a workflow",
        tags,
        params: ofWorkflow,
        response: { 204: noContent },
      },
    },
    async ({ params, principal }, reply) => {
      await changes.write(principal, (tx, record) =>
        removeWorkflow(tx, record, params, params.workflowId),
      );
      return reply.code(204).send(null);
    },
  );
};

function addressOf({ projectKey, environmentKey, flagKey }: FlagInEnvironment): string {
  return `/api/v2/projects/${projectKey}/flags/${flagKey}/environments/${environmentKey}/workflows`;
}
