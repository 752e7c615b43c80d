import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { listFlagNames } from "./flag-queries.ts";

const FlagNames = z
  .object({
    items: z.array(z.object({ key: z.string(), name: z.string(), tags: z.array(z.string()) })),
    totalCount: z.int(),
    _links: z.object({ self: Link }),
  })
  .meta({ id: "FlagNames" });
const Tags = z.array(z.string());

/** What flags are found by, for those who search in all of them at each key press. */
export const flagNameRoutes: FastifyPluginAsyncZod<{ readonly db: Db }> = async (app, { db }) => {
  app.get(
    "/api/v2/projects/:projectKey/flag-names",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFlagNames",
        summary: "List the keys, names and tags of all flags",
        description: "All in one answer; archived flags are left out.",
        tags: ["Feature flags"],
        params: z.object({ projectKey: z.string() }),
        response: { 200: FlagNames },
      },
    },
    async ({ params, url }) => {
      const project = await getProject(db, params.projectKey);
      const rows = await listFlagNames(db, project.id);
      const items = rows.map((row) => ({ ...row, tags: Tags.parse(JSON.parse(row.tags)) }));
      return { items, totalCount: items.length, _links: { self: linkTo(url) } };
    },
  );
};
