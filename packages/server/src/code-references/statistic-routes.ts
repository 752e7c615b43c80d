import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { linkTo } from "../http/paging.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { listExtinctions, listProjectsInCode, usageOfFlags } from "./code-reference-queries.ts";
import { codeReferencesPath, statisticRepresentation } from "./code-reference-representation.ts";

const path = codeReferencesPath;
const tags = ["Code references"];
const everyRepository = {
  action: "viewCodeRefsRepository",
  resource: "code-reference-repository/*",
};
const text = z.string().optional();
const time = z.coerce.number().int().min(0).optional();

/** How often flags are named in code, and when they stopped being so. */
export const statisticRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get(
    `${path}/statistics`,
    {
      config: { access: everyRepository },
      schema: {
        operationId: "getRootStatistic",
        summary: "List the projects whose flags are named in code",
        tags,
      },
    },
    async ({ access }) => {
      const projects: object[] = [];
      for (const key of await listProjectsInCode(db)) {
        if (await access.permits("viewProject", ["proj", key]))
          projects.push(linkTo(`${path}/statistics/${key}`));
      }
      return { projects, self: linkTo(`${path}/statistics`) };
    },
  );

  app.get(
    `${path}/statistics/:projectKey`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getStatistics",
        summary: "Count where the flags of a project are named",
        description: "On the default branch of each repository that is enabled.",
        tags,
        params: z.object({ projectKey: z.string() }),
        querystring: z.object({ flagKey: text }),
      },
    },
    async ({ params, query, url }) => {
      const { key } = await getProject(db, params.projectKey);
      const usages = await usageOfFlags(db, key, query.flagKey);
      const flags = Map.groupBy(usages, ({ flag_key }) => flag_key);
      return {
        flags: Object.fromEntries(
          [...flags].map(([flagKey, found]) => [flagKey, found.map(statisticRepresentation)]),
        ),
        _links: { self: linkTo(url), parent: linkTo(`${path}/statistics`) },
      };
    },
  );
  await app.register(extinctionRoutes, { db });
};

const extinctionRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get(
    `${path}/extinctions`,
    {
      config: { access: everyRepository },
      schema: {
        operationId: "getExtinctions",
        summary: "List the commits that took the last reference to a flag away",
        description:
          "By the name of the repository; of default branches, unless `branchName` says which.",
        tags,
        querystring: z.object({
          repoName: text,
          branchName: text,
          projKey: text,
          flagKey: text,
          from: time,
          to: time,
        }),
      },
    },
    async ({ query, access, url }) => {
      const found: Awaited<ReturnType<typeof listExtinctions>>[number][] = [];
      for (const extinction of await listExtinctions(db, query)) {
        if (await access.permits("viewProject", ["proj", extinction.projKey]))
          found.push(extinction);
      }
      const byRepository = Map.groupBy(found, ({ repository }) => repository);
      return {
        items: Object.fromEntries(
          [...byRepository].map(([name, extinctions]) => [
            name,
            extinctions.map(({ repository: _, ...extinction }) => extinction),
          ]),
        ),
        _links: { self: linkTo(url) },
      };
    },
  );
};
