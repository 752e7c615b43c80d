import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { wholeList } from "../http/paging.ts";
import { getProject, type Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import type { Delivery } from "./delivery.ts";
import {
  deleteFilter,
  flagKeysOf,
  insertFilter,
  listFilters,
  type StoredFilter,
} from "./payload-filter-queries.ts";

const path = "/api/v2/projects/:projectKey/payload-filters";
const tags = ["Payload filters"];
const ofProject = z.object({ projectKey: z.string() });
const FilterBody = z.object({
  key: z
    .string()
    .max(100)
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]*$/u,
      "begin with a letter or digit, then letters, digits, '.', '_' and '-'",
    ),
  name: z.string().trim().min(1),
  flagKeys: z.array(z.string().min(1)).min(1, 'name flags, such as "checkout" or "web-*"'),
});

export interface PayloadFilterParts {
  db: Db;
  changes: Changes;
  delivery: Delivery;
}

/** Which flags SDKs may ask for instead of all, with `filter=KEY`. */
export const payloadFilterRoutes: FastifyPluginAsyncZod<PayloadFilterParts> = async (
  app,
  { db, changes, delivery },
) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getPayloadFilters",
        summary: "List the payload filters of a project",
        tags,
        params: ofProject,
      },
    },
    async ({ params: { projectKey } }) => {
      const { id } = await getProject(db, projectKey);
      const filters = await listFilters(db, id);
      return wholeList(
        `/api/v2/projects/${projectKey}/payload-filters`,
        filters.map(filterRepresentation),
      );
    },
  );

  app.post(
    path,
    {
      config: {
        access: {
          action: "createPayloadFilter",
          resource: "proj/{projectKey}:payload-filter/{body.key}",
        },
      },
      schema: {
        operationId: "postPayloadFilter",
        summary: "Make a payload filter",
        tags,
        params: ofProject,
        body: FilterBody,
      },
    },
    async ({ params, body, actor }, reply) => {
      const project = await getProject(db, params.projectKey);
      const { key, name } = body;
      const filter = {
        id: newId(),
        project_id: project.id,
        key,
        name,
        flag_keys: JSON.stringify(body.flagKeys),
        created_at: changes.now,
      };
      await changes.write(actor, async (tx, record) => {
        if ((await listFilters(tx, project.id)).some((known) => known.key === key)) {
          throw new DomainError(
            "conflict",
            `the project has a payload filter "${key}" already; choose another key`,
          );
        }
        await insertFilter(tx, filter);
        const words = `Create the payload filter ${name}`;
        const after = settingsOf(filter);
        await record(
          aboutFilter(project, filter, { instruction: "createPayloadFilter", words, after }),
        );
      });
      return reply.code(201).send(filterRepresentation(filter));
    },
  );

  await app.register(deletingRoutes, { db, changes, delivery });
};

const deletingRoutes: FastifyPluginAsyncZod<PayloadFilterParts> = async (
  app,
  { db, changes, delivery },
) => {
  app.delete(
    `${path}/:filterKey`,
    {
      config: {
        access: {
          action: "deletePayloadFilter",
          resource: "proj/{projectKey}:payload-filter/{filterKey}",
        },
      },
      schema: {
        operationId: "deletePayloadFilter",
        summary: "Delete a payload filter",
        tags,
        params: ofProject.extend({ filterKey: z.string() }),
        response: { 204: noContent },
      },
    },
    async ({ params: { projectKey, filterKey }, actor }, reply) => {
      const project = await getProject(db, projectKey);
      const filter = (await listFilters(db, project.id)).find(({ key }) => key === filterKey);
      if (filter === undefined)
        throw new DomainError("not_found", `the project has no payload filter "${filterKey}"`);
      await changes.write(actor, async (tx, record) => {
        await deleteFilter(tx, filter.id);
        const words = `Delete the payload filter ${filter.name}`;
        const before = settingsOf(filter);
        await record(
          aboutFilter(project, filter, { instruction: "deletePayloadFilter", words, before }),
        );
      });
      await delivery.dropFilter(filter.id);
      return reply.code(204).send(null);
    },
  );
};

function settingsOf(filter: StoredFilter): object {
  return { key: filter.key, name: filter.name, flagKeys: flagKeysOf(filter) };
}

function aboutFilter(
  project: Project,
  { key }: StoredFilter,
  { instruction, ...change }: Omit<AccountChange, "kind" | "key" | "resource">,
): Change {
  const resource = `proj/${project.key}:payload-filter/${key}`;
  const about = { kind: "payload-filter", key, resource, instruction, ...change };
  return { ...accountChange(about), projectId: project.id };
}

function filterRepresentation(filter: StoredFilter): object {
  const { id, key, name, created_at } = filter;
  return { _id: id, key, name, flagKeys: flagKeysOf(filter), creationDate: created_at };
}
