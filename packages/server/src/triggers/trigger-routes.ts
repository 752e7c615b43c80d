import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { authorOf, placeOf } from "../deferred/deferred-queries.ts";
import { FlagInEnvironment, flagInEnvironment } from "../flags/flag-in-environment.ts";
import { JsonValue } from "../http/json-value.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo, listOf, wholeList } from "../http/paging.ts";
import type { Db } from "../storage/database.ts";
import { createTrigger, editTrigger, removeTrigger } from "./trigger-changes.ts";
import { TriggerAction, TriggerInstruction } from "./trigger-instructions.ts";
import { actionsOf, bodiesOf, getTrigger, listTriggers, type Trigger } from "./trigger-queries.ts";

const ofTrigger = FlagInEnvironment.extend({ id: z.string() });
const path = "/api/v2/flags/:projectKey/:flagKey/triggers/:environmentKey";
const tags = ["Flag triggers"];

const TriggerRepresentation = z
  .object({
    _id: z.string(),
    _version: z.int(),
    _creationDate: z.int(),
    _maintainerId: z.string(),
    enabled: z.boolean(),
    _integrationKey: z.string(),
    instructions: z.array(TriggerAction),
    _lastTriggeredAt: z.int().optional(),
    _recentTriggerBodies: z.array(
      z.object({ timestamp: z.int(), jsonBody: z.record(z.string(), JsonValue) }),
    ),
    _triggerCount: z.int(),
    triggerURL: z.string().optional().describe("Shown once: when it is made and when it changes."),
    _links: z.record(z.string(), Link),
  })
  .meta({ id: "FlagTrigger" });

interface TriggerParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Addresses by which other systems turn a flag on or off. */
export const triggerRoutes: FastifyPluginAsyncZod<TriggerParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(settingUpRoutes, parts);
  await app.register(deletingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<TriggerParts> = async (app, { db }) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getTriggerWorkflows",
        summary: "List the triggers of a flag",
        tags,
        params: FlagInEnvironment,
        response: { 200: listOf(TriggerRepresentation) },
      },
    },
    async ({ params, url }) => {
      const found = await listTriggers(db, await placeOf(db, params));
      return wholeList(
        url,
        found.map((one) => representation(one, params)),
      );
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getTriggerWorkflowById",
        summary: "Read one trigger",
        tags,
        params: ofTrigger,
        response: { 200: TriggerRepresentation },
      },
    },
    async ({ params }) =>
      representation(await getTrigger(db, await placeOf(db, params), params.id), params),
  );
};

const settingUpRoutes: FastifyPluginAsyncZod<TriggerParts> = async (app, { changes }) => {
  app.post(
    path,
    {
      config: { access: { action: "createTriggers", resource: flagInEnvironment } },
      schema: {
        operationId: "createTriggerWorkflow",
        summary: "Make a trigger",
        description: "The answer has its address, which is kept as a hash and not shown again.",
        tags,
        params: FlagInEnvironment,
        body: z.object({
          comment: z.string().optional(),
          integrationKey: z.string().min(1),
          instructions: z.array(TriggerAction).length(1),
        }),
        response: { 201: TriggerRepresentation },
      },
    },
    async (request, reply) => {
      const { params, body, access, principal } = request;
      const setup = { params, access, principal, at: changes.now };
      const { trigger, secret } = await changes.write(principal, (tx, record) =>
        createTrigger(tx, record, setup, body),
      );
      return reply.code(201).send({
        ...representation(trigger, params),
        triggerURL: addressOf(request, trigger, secret),
      });
    },
  );

  app.patch(
    `${path}/:id`,
    {
      config: { access: { action: "updateTriggers", resource: flagInEnvironment } },
      schema: {
        operationId: "patchTriggerWorkflow",
        summary: "Change a trigger",
        tags,
        params: ofTrigger,
        body: z.object({
          comment: z.string().optional(),
          instructions: z.array(TriggerInstruction).min(1),
        }),
        response: { 200: TriggerRepresentation },
      },
    },
    async (request) => {
      const { params, body, access, principal } = request;
      const setup = { params, access, principal, at: changes.now };
      const edit = { ...body, id: params.id };
      const { trigger, secret } = await changes.write(principal, (tx, record) =>
        editTrigger(tx, record, setup, edit),
      );
      const shown = representation(trigger, params);
      return secret === undefined
        ? shown
        : { ...shown, triggerURL: addressOf(request, trigger, secret) };
    },
  );
};

const deletingRoutes: FastifyPluginAsyncZod<TriggerParts> = async (app, { changes }) => {
  app.delete(
    `${path}/:id`,
    {
      config: { access: { action: "deleteTriggers", resource: flagInEnvironment } },
      schema: {
        operationId: "deleteTriggerWorkflow",
        summary: "Delete a trigger",
        tags,
        params: ofTrigger,
        response: { 204: noContent },
      },
    },
    async ({ params, principal }, reply) => {
      await changes.write(principal, (tx, record) => removeTrigger(tx, record, params, params.id));
      return reply.code(204).send(null);
    },
  );
};

/** Where this server was reached is where it can be called. */
function addressOf(
  { protocol, host }: { readonly protocol: string; readonly host: string },
  { id }: Trigger,
  secret = "",
): string {
  return `${protocol}://${host}/webhook/triggers/${id}/${secret}`;
}

function representation(
  trigger: Trigger,
  { projectKey, environmentKey, flagKey }: FlagInEnvironment,
): z.infer<typeof TriggerRepresentation> {
  const all = `/api/v2/flags/${projectKey}/${flagKey}/triggers/${environmentKey}`;
  return {
    _id: trigger.id,
    _version: trigger.version,
    _creationDate: trigger.created_at,
    _maintainerId: authorOf(trigger).id,
    enabled: trigger.enabled === 1,
    _integrationKey: trigger.integration_key,
    instructions: actionsOf(trigger),
    ...(trigger.last_triggered_at === null ? {} : { _lastTriggeredAt: trigger.last_triggered_at }),
    _recentTriggerBodies: TriggerRepresentation.shape._recentTriggerBodies.parse(bodiesOf(trigger)),
    _triggerCount: trigger.trigger_count,
    _links: { self: linkTo(`${all}/${trigger.id}`), parent: linkTo(all) },
  };
}
