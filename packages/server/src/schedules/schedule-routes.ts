import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { authorOf, placeOf } from "../deferred/deferred-queries.ts";
import { FlagInEnvironment, flagInEnvironment } from "../flags/flag-in-environment.ts";
import { JsonValue } from "../http/json-value.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo, listOf, wholeList } from "../http/paging.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import {
  createScheduledChange,
  editScheduledChange,
  removeScheduledChange,
} from "./schedule-changes.ts";
import { ScheduleInstruction } from "./schedule-instructions.ts";
import {
  getScheduledChange,
  listScheduledChanges,
  listScheduledInProject,
  type ScheduledChange,
  scheduledInstructions,
} from "./schedule-queries.ts";

const ofChange = FlagInEnvironment.extend({ id: z.string() });
const path =
  "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/scheduled-changes";
const updating = {
  action: "updateScheduledChanges",
  resource: flagInEnvironment,
};
const tags = ["Scheduled changes"];
const querystring = z.object({
  ignoreConflicts: z
    .stringbool()
    .default(false)
    .describe("Schedules it although another pending change touches the same part."),
});
const Instructions = z.array(z.record(z.string(), JsonValue));
const ScheduleRepresentation = z
  .object({
    _id: z.string(),
    _creationDate: z.int(),
    _maintainerId: z.string(),
    _version: z.int(),
    executionDate: z.int(),
    instructions: Instructions,
    conflicts: z
      .array(z.object({ reason: z.string() }))
      .optional()
      .describe("Why it could not be done at its time."),
    _links: z.record(z.string(), Link),
  })
  .meta({ id: "ScheduledChange" });

/** One of a project's, which says what it is about. */
const ProjectScheduleRepresentation = ScheduleRepresentation.extend({
  flagKey: z.string(),
  environmentKey: z.string(),
}).meta({ id: "ProjectScheduledChange" });

interface ScheduleParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Changes of a flag that are made when their time comes. */
export const scheduleRoutes: FastifyPluginAsyncZod<ScheduleParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(schedulingRoutes, parts);
  await app.register(deletingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<ScheduleParts> = async (app, { db }) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFlagConfigScheduledChanges",
        summary: "List what is scheduled for a flag",
        description: "What is still to come, and what could not be done.",
        tags,
        params: FlagInEnvironment,
        response: { 200: listOf(ScheduleRepresentation) },
      },
    },
    async ({ params, url }) => {
      const place = await placeOf(db, params);
      const found = await listScheduledChanges(db, place);
      return wholeList(
        url,
        found.map((one) => representation(one, params)),
      );
    },
  );

  app.get(
    "/api/v2/projects/:projectKey/scheduled-changes",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getScheduledChangesOfProject",
        summary: "List what is scheduled for the flags of a project",
        description: "What is still to come, and what could not be done; the next one first.",
        tags,
        params: FlagInEnvironment.pick({ projectKey: true }),
        response: { 200: listOf(ProjectScheduleRepresentation) },
      },
    },
    async ({ params: { projectKey }, url }) => {
      const project = await getProject(db, projectKey);
      const found = await listScheduledInProject(db, project.id);
      return wholeList(
        url,
        found.map((one) => {
          const place = { flagKey: one.flag_key, environmentKey: one.environment_key };
          return { ...representation(one, { projectKey, ...place }), ...place };
        }),
      );
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFeatureFlagScheduledChange",
        summary: "Read one scheduled change",
        tags,
        params: ofChange,
        response: { 200: ScheduleRepresentation },
      },
    },
    async ({ params }) =>
      representation(await getScheduledChange(db, await placeOf(db, params), params.id), params),
  );
};

const schedulingRoutes: FastifyPluginAsyncZod<ScheduleParts> = async (app, { changes }) => {
  app.post(
    path,
    {
      config: { access: updating },
      schema: {
        operationId: "postFlagConfigScheduledChanges",
        summary: "Schedule a change of a flag",
        description: "Takes any instruction. What its author may is asked now and at its time.",
        tags,
        params: FlagInEnvironment,
        querystring,
        body: z.object({
          comment: z.string().optional(),
          executionDate: z.int().min(0),
          instructions: z.array(z.looseObject({ kind: z.string() })).min(1),
        }),
        response: { 201: ScheduleRepresentation },
      },
    },
    async ({ params, query, body, access, principal }, reply) => {
      const at = changes.now;
      const scheduling = { params, access, principal, ...query, at };
      const made = await changes.write(principal, (tx, record) =>
        createScheduledChange(tx, record, scheduling, body),
      );
      return reply.code(201).send(representation(made, params));
    },
  );

  app.patch(
    `${path}/:id`,
    {
      config: { access: updating },
      schema: {
        operationId: "patchFlagConfigScheduledChange",
        summary: "Change what is scheduled",
        tags,
        params: ofChange,
        querystring,
        body: z.object({
          comment: z.string().optional(),
          instructions: z.array(ScheduleInstruction).min(1),
        }),
        response: { 200: ScheduleRepresentation, 204: noContent },
      },
    },
    async ({ params, query, body, access, principal }, reply) => {
      const scheduling = { params, access, principal, ...query, at: changes.now };
      const edit = { ...body, id: params.id };
      const edited = await changes.write(principal, (tx, record) =>
        editScheduledChange(tx, record, scheduling, edit),
      );
      if (edited === undefined) return reply.code(204).send(null);
      return representation(edited, params);
    },
  );
};

const deletingRoutes: FastifyPluginAsyncZod<ScheduleParts> = async (app, { changes }) => {
  app.delete(
    `${path}/:id`,
    {
      config: { access: updating },
      schema: {
        operationId: "deleteFlagConfigScheduledChanges",
        summary: "Delete what is scheduled",
        tags,
        params: ofChange,
        response: { 204: noContent },
      },
    },
    async ({ params, principal }, reply) => {
      await changes.write(principal, (tx, record) =>
        removeScheduledChange(tx, record, params, params.id),
      );
      return reply.code(204).send(null);
    },
  );
};

function representation(
  change: ScheduledChange,
  { projectKey, environmentKey, flagKey }: FlagInEnvironment,
): z.infer<typeof ScheduleRepresentation> {
  const all = `/api/v2/projects/${projectKey}/flags/${flagKey}/environments/${environmentKey}/scheduled-changes`;
  return {
    _id: change.id,
    _creationDate: change.created_at,
    _maintainerId: authorOf(change).id,
    _version: change.version,
    executionDate: change.execution_date,
    instructions: Instructions.parse(scheduledInstructions(change)),
    ...(change.failure === null ? {} : { conflicts: [{ reason: change.failure }] }),
    _links: { self: linkTo(`${all}/${change.id}`), parent: linkTo(all) },
  };
}
