import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { type Environment, itemVersions } from "../environments/environment-queries.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { JsonValue } from "../http/json-value.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getEnvironment, getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { configurationsOf, type FlagTimes, getFlag, listFlagTimes } from "./flag-queries.ts";
import { mayBeLaunched, requestedAt, soleVariation, statusOf } from "./flag-status.ts";
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
        querystring: z.object({
          flags: z
            .string()
            .optional()
            .describe("Keys of the flags to tell of, joined by commas; all unless told."),
        }),
        response: {
          200: z.object({ items: z.array(LinkedStatus), _links: Links.pick({ self: true }) }),
        },
      },
    },
    async ({ params: { projectKey, environmentKey }, query }) => {
      const { project, environment } = await getEnvironment(db, projectKey, environmentKey);
      const flags = await listFlagTimes(db, project.id, query.flags?.split(","));
      const known = await statusesIn(parts, environment, flags);
      return {
        items: [...known].map(([key, status]) =>
          linked(status, { projectKey, environmentKey, key }),
        ),
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
      const { createdAt } = await getFlag(db, project, flagKey);
      const flag = { key: flagKey, createdAt };
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
      const { createdAt } = await getFlag(db, project, flagKey);
      const flag = { key: flagKey, createdAt };
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

/** By the key of the flag, in the order of the flags; each has a configuration in every environment. */
async function statusesIn(
  { db, intake, now }: StatusParts,
  { id, project_id, key: environmentKey }: Environment,
  flags: readonly FlagTimes[],
): Promise<ReadonlyMap<string, Status>> {
  const keys = flags.map(({ key }) => key);
  const evaluated = await intake.evaluatedFlags(id);
  const items = await itemVersions(db, { environmentId: id, kind: "flag", keys });
  const at = now();
  const lives = flags.map(({ key, createdAt }) => {
    const changedAt = items.get(key)?.updatedAt ?? createdAt;
    return { key, createdAt, changedAt, requestedAt: requestedAt(evaluated.get(key), at) };
  });
  const undecided = lives.filter((life) => mayBeLaunched(life, at)).map(({ key }) => key);
  const configurations = await configurationsOf(db, project_id, {
    environmentKey,
    keys: undecided,
  });
  return new Map(
    lives.map((life): [string, Status] => {
      const { key, requestedAt: last } = life;
      const configuration = configurations.get(key);
      const isServingOne =
        configuration !== undefined && soleVariation(configuration) !== undefined;
      const fallback = evaluated.get(key)?.default;
      const status = {
        name: statusOf({ ...life, isServingOne }, at),
        ...(last === undefined ? {} : { lastRequested: new Date(last).toISOString() }),
        ...(fallback === undefined ? {} : { default: fallback }),
      };
      return [key, status];
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
