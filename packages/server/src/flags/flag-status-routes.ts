import { configurationIn } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { type Environment, itemVersions } from "../environments/environment-queries.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { JsonValue } from "../http/json-value.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getEnvironment, getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { getFlag, listFlags, type StoredFlag } from "./flag-queries.ts";
import { requestedAt, statusOf } from "./flag-status.ts";
import { environmentsToShow } from "./flag-surroundings.ts";

const Status = z.object({
  name: z.enum(["new", "active", "launched", "inactive"]),
  lastRequested: z.string().optional().describe("When an SDK last reported it (ISO 8601)."),
  default: JsonValue.optional().describe("What code falls back to."),
});
type Status = z.infer<typeof Status>;
const Links = z.object({ self: Link, parent: Link });
const LinkedStatus = Status.extend({ _links: Links }).meta({ id: "FlagStatus" });

const inEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const tags = ["Feature flags"];
const statuses = "/api/v2/flag-statuses";

interface StatusParts {
  readonly db: Db;
  readonly intake: EventIntake;
  readonly now: () => number;
}

/** Whether code still asks for flags. */
export const flagStatusRoutes: FastifyPluginAsyncZod<StatusParts> = async (app, parts) => {
  const { db } = parts;
  app.get(
    `${statuses}/:projectKey/:environmentKey`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFeatureFlagStatuses",
        summary: "List the statuses of an environment's flags",
        description:
          "New, active, launched or inactive, by what SDKs reported. Archived flags are left out.",
        tags,
        params: inEnvironment,
        response: {
          200: z.object({ items: z.array(LinkedStatus), _links: Links.pick({ self: true }) }),
        },
      },
    },
    async ({ params: { projectKey, environmentKey } }) => {
      const { project, environment } = await getEnvironment(db, projectKey, environmentKey);
      const flags = (await listFlags(db, project.id)).filter(({ state }) => !state.archived);
      const known = await statusesIn(parts, environment, flags);
      return {
        items: flags.flatMap(({ state: { key } }) => {
          const status = known.get(key);
          return status === undefined ? [] : [linked(status, { projectKey, environmentKey, key })];
        }),
        _links: { self: linkTo(`${statuses}/${projectKey}/${environmentKey}`) },
      };
    },
  );

  app.get(
    `${statuses}/:projectKey/:environmentKey/:flagKey`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFeatureFlagStatus",
        summary: "Read the status of a flag in an environment",
        tags,
        params: inEnvironment.extend({ flagKey: z.string() }),
        response: { 200: LinkedStatus },
      },
    },
    async ({ params: { projectKey, environmentKey, flagKey } }) => {
      const { project, environment } = await getEnvironment(db, projectKey, environmentKey);
      const flag = await getFlag(db, project, flagKey);
      const status = (await statusesIn(parts, environment, [flag])).get(flagKey);
      return linked(status ?? { name: "inactive" }, { projectKey, environmentKey, key: flagKey });
    },
  );
  await app.register(acrossEnvironments, parts);
};

const acrossEnvironments: FastifyPluginAsyncZod<StatusParts> = async (app, parts) => {
  const { db } = parts;
  app.get(
    "/api/v2/flag-status/:projectKey/:flagKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFeatureFlagStatusAcrossEnvironments",
        summary: "Read the status of a flag in every environment",
        tags,
        params: z.object({ projectKey: z.string(), flagKey: z.string() }),
        querystring: z.object({
          env: z
            .union([z.string(), z.array(z.string())])
            .optional()
            .describe("Keys of the environments to show; all unless told."),
        }),
        response: {
          200: z.object({
            environments: z.record(z.string(), Status),
            key: z.string(),
            _links: Links,
          }),
        },
      },
    },
    async ({ params: { projectKey, flagKey }, query }) => {
      const project = await getProject(db, projectKey);
      const flag = await getFlag(db, project, flagKey);
      const environments: [string, Status][] = [];
      for (const environment of await environmentsToShow(db, project, query.env)) {
        const status = (await statusesIn(parts, environment, [flag])).get(flagKey);
        if (status !== undefined) environments.push([environment.key, status]);
      }
      return {
        environments: Object.fromEntries(environments),
        key: flagKey,
        _links: {
          self: linkTo(`/api/v2/flag-status/${projectKey}/${flagKey}`),
          parent: linkTo(`/api/v2/flags/${projectKey}/${flagKey}`),
        },
      };
    },
  );
};

/** By the key of the flag. */
async function statusesIn(
  { db, intake, now }: StatusParts,
  { id, key: environmentKey }: Environment,
  flags: readonly StoredFlag[],
): Promise<ReadonlyMap<string, Status>> {
  const keys = flags.map(({ state }) => state.key);
  const evaluated = await intake.evaluatedFlags(id);
  const items = await itemVersions(db, { environmentId: id, kind: "flag", keys });
  const at = now();
  return new Map(
    flags.flatMap(({ state, createdAt }): [string, Status][] => {
      const configuration = configurationIn(state, environmentKey);
      if (configuration === undefined) return [];
      const known = evaluated.get(state.key);
      const last = requestedAt(known, at);
      const changedAt = items.get(state.key)?.updatedAt ?? createdAt;
      const life = { createdAt, changedAt, requestedAt: last, configuration };
      const status = {
        name: statusOf(life, at),
        ...(last === undefined ? {} : { lastRequested: new Date(last).toISOString() }),
        ...(known?.default === undefined ? {} : { default: known.default }),
      };
      return [[state.key, status]];
    }),
  );
}

function linked(
  status: Status,
  { projectKey, environmentKey, key }: { projectKey: string; environmentKey: string; key: string },
): z.infer<typeof LinkedStatus> {
  return {
    ...status,
    _links: {
      self: linkTo(`${statuses}/${projectKey}/${environmentKey}/${key}`),
      parent: linkTo(`/api/v2/flags/${projectKey}/${key}`),
    },
  };
}
