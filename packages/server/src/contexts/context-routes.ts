import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { noContent } from "../http/open-api.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { contextDeletion } from "./context-deletion.ts";
import {
  ContextList,
  InstanceList,
  instanceRepresentation,
  seenContextRepresentation,
} from "./context-representation.ts";
import {
  continuation,
  mergedSearch,
  SearchBody,
  SearchQuery,
  seenQuery,
} from "./context-search.ts";

const inEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const ofInstance = inEnvironment.extend({ instanceId: z.string() });
const path = "/api/v2/projects/:projectKey/environments/:environmentKey";
const tags = ["Contexts"];

export interface ContextParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly intake: EventIntake;
}

/** The contexts that SDKs have reported, as far as they are kept. */
export const contextRoutes: FastifyPluginAsyncZod<ContextParts> = async (app, parts) => {
  await app.register(searchRoutes, parts);
  await app.register(oneContextRoutes, parts);
  await app.register(deletionRoutes, parts);
};

/** By POST because filters are long; nothing is written. */
const searchRoutes: FastifyPluginAsyncZod<ContextParts> = async (app, { db, intake }) => {
  const schema = { tags, params: inEnvironment, querystring: SearchQuery, body: SearchBody };

  app.post(
    `${path}/contexts/search`,
    {
      config: { access: viewProject },
      schema: {
        ...schema,
        operationId: "searchContexts",
        summary: "Search the contexts that SDKs have reported",
        response: { 200: ContextList },
      },
    },
    async ({ params, query: asked, body, url }) => {
      const query = mergedSearch(asked, body);
      const { environment } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const page = await intake.seenContexts(seenQuery(environment.id, query));
      const nameOf = ({ kind, key }: { kind: string; key: string }) => `${kind}:${key}`;
      return {
        ...continuation(page, { url, nameOf, query }),
        _environmentId: environment.id,
        items: page.items.map((one) => seenContextRepresentation(one, pathOf(params))),
      };
    },
  );

  app.post(
    `${path}/context-instances/search`,
    {
      config: { access: viewProject },
      schema: {
        ...schema,
        operationId: "searchContextInstances",
        summary: "Search the contexts that were evaluated together",
        response: { 200: InstanceList },
      },
    },
    async ({ params, query: asked, body, url }) => {
      const query = mergedSearch(asked, body);
      const { environment } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const page = await intake.seenInstances(seenQuery(environment.id, query));
      return {
        ...continuation(page, { url, nameOf: ({ id }) => id, query }),
        _environmentId: environment.id,
        items: page.items.map((one) => instanceRepresentation(one, pathOf(params))),
      };
    },
  );
};

const oneContextRoutes: FastifyPluginAsyncZod<ContextParts> = async (app, { db, intake }) => {
  app.get(
    `${path}/contexts/:kind/:key`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getContexts",
        summary: "Read one context that SDKs have reported",
        tags,
        params: inEnvironment.extend({ kind: z.string(), key: z.string() }),
        querystring: SearchQuery,
        response: { 200: ContextList },
      },
    },
    async ({ params, query, url }) => {
      const { kind, key } = params;
      const { environment } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const named = [equal("kind", kind), equal("key", key)];
      const page = await intake.seenContexts(seenQuery(environment.id, query, named));
      return {
        ...continuation(page, { url, nameOf: () => `${kind}:${key}`, query }),
        _environmentId: environment.id,
        items: page.items.map((one) => seenContextRepresentation(one, pathOf(params))),
      };
    },
  );

  app.get(
    `${path}/context-instances/:instanceId`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getContextInstances",
        summary: "Read contexts that were evaluated together",
        tags,
        params: ofInstance,
        querystring: SearchQuery,
        response: { 200: InstanceList },
      },
    },
    async ({ params, query, url }) => {
      const { environment } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const named = [equal("id", params.instanceId)];
      const page = await intake.seenInstances(seenQuery(environment.id, query, named));
      return {
        ...continuation(page, { url, nameOf: ({ id }) => id, query }),
        _environmentId: environment.id,
        items: page.items.map((one) => instanceRepresentation(one, pathOf(params))),
      };
    },
  );
};

const deletionRoutes: FastifyPluginAsyncZod<ContextParts> = async (
  app,
  { db, changes, intake },
) => {
  app.delete(
    `${path}/context-instances/:instanceId`,
    {
      config: {
        access: {
          action: "deleteContextInstance",
          resource: "proj/{projectKey}:env/{environmentKey}:context/{instanceId}",
        },
      },
      schema: {
        operationId: "deleteContextInstances",
        summary: "Forget contexts that were evaluated together",
        tags,
        params: ofInstance,
        response: { 204: noContent },
      },
    },
    async ({ params, actor }, reply) => {
      const { instanceId: id } = params;
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      await changes.write(actor, async (_, record) => {
        if ((await intake.deleteInstances(place.environment.id, [id])) === 0) {
          throw new DomainError(
            "not_found",
            `no contexts are kept under the id "${id}"; search for them`,
          );
        }
        await record(contextDeletion(place, { resource: `context/${id}`, key: id }));
      });
      return reply.code(204).send(null);
    },
  );
};

function equal(field: string, operand: string) {
  return { field, operator: "equals" as const, operand };
}

function pathOf({ projectKey, environmentKey }: z.infer<typeof inEnvironment>): string {
  return `/api/v2/projects/${projectKey}/environments/${environmentKey}`;
}
