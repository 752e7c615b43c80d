import { configurationIn, type FlagState } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getEnvironment, getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { flagsRequiring, getFlag } from "./flag-queries.ts";

const Named = z.object({ name: z.string(), key: z.string() });
const Shown = Named.extend({ _links: z.object({ self: Link }), _site: Link });
const answerOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), _links: z.object({ self: Link, parent: Link }), _site: Link });
const tags = ["Feature flags"];

/** The flags that have a flag as a prerequisite. */
export const dependentFlagRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/api/v2/flags/:projectKey/:flagKey/dependent-flags",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getDependentFlags",
        summary: "List the flags that require a flag, in any environment",
        tags,
        params: z.object({ projectKey: z.string(), flagKey: z.string() }),
        response: { 200: answerOf(Named.extend({ environments: z.array(Shown) })) },
      },
    },
    async ({ params: { projectKey, flagKey } }) => {
      const project = await getProject(db, projectKey);
      await getFlag(db, project, flagKey);
      const environments = await listEnvironments(db, project.id);
      const dependents = await flagsRequiring(db, project.id, flagKey);
      return {
        items: dependents.map((flag) => ({
          name: flag.name,
          key: flag.key,
          environments: environments
            .filter(({ key }) => requires(flag, flagKey, key))
            .map(({ key, name }) => ({
              ...linksOf({ projectKey, flagKey: flag.key, environmentKey: key }),
              name,
              key,
            })),
        })),
        ...placeOf({ projectKey, flagKey }),
      };
    },
  );

  app.get(
    "/api/v2/flags/:projectKey/:environmentKey/:flagKey/dependent-flags",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getDependentFlagsByEnv",
        summary: "List the flags that require a flag in an environment",
        tags,
        params: z.object({
          projectKey: z.string(),
          environmentKey: z.string(),
          flagKey: z.string(),
        }),
        response: { 200: answerOf(Shown) },
      },
    },
    async ({ params: { projectKey, environmentKey, flagKey } }) => {
      const { project } = await getEnvironment(db, projectKey, environmentKey);
      await getFlag(db, project, flagKey);
      const dependents = await flagsRequiring(db, project.id, flagKey);
      return {
        items: dependents
          .filter((flag) => requires(flag, flagKey, environmentKey))
          .map(({ key, name }) => ({
            ...linksOf({ projectKey, flagKey: key, environmentKey }),
            name,
            key,
          })),
        ...placeOf({ projectKey, flagKey, environmentKey }),
      };
    },
  );
};

function requires(flag: FlagState, key: string, environmentKey: string): boolean {
  const prerequisites = configurationIn(flag, environmentKey)?.prerequisites ?? [];
  return prerequisites.some((one) => one.key === key);
}

interface Place {
  readonly projectKey: string;
  readonly flagKey: string;
  readonly environmentKey?: string;
}

function linksOf(place: Place) {
  const { projectKey, flagKey } = place;
  return {
    _links: { self: linkTo(`/api/v2/flags/${projectKey}/${flagKey}`) },
    _site: siteOf(place),
  };
}

function placeOf(place: Place) {
  const { projectKey, flagKey, environmentKey } = place;
  const inside = environmentKey === undefined ? flagKey : `${environmentKey}/${flagKey}`;
  return {
    _links: {
      self: linkTo(`/api/v2/flags/${projectKey}/${inside}/dependent-flags`),
      parent: linkTo(`/api/v2/flags/${projectKey}/${flagKey}`),
    },
    _site: siteOf(place),
  };
}

function siteOf({ projectKey, flagKey, environmentKey }: Place) {
  const query = environmentKey === undefined ? "" : `?env=${environmentKey}`;
  return { href: `/p/${projectKey}/flags/${flagKey}/targeting${query}`, type: "text/html" };
}
