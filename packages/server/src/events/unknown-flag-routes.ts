import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getProject } from "../projects/project-queries.ts";
import { listUnknownFlags, UnknownFlag, type UsageParts, unknownShown } from "./unknown-flags.ts";

const tags = ["Usage"];
const inProject = z.object({ projectKey: z.string() });
const UnknownFlags = z
  .object({
    items: z.array(UnknownFlag),
    totalCount: z.int(),
    _links: z.object({ self: Link }),
  })
  .meta({ id: "UnknownFlags" });

/** Keys that SDKs asked for in vain: misspelt, deleted, archived, or not yet made. */
export const unknownFlagRoutes: FastifyPluginAsyncZod<UsageParts> = async (app, parts) => {
  app.get(
    "/api/v2/projects/:projectKey/unknown-flags",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getUnknownFlags",
        summary: "List the keys that SDKs asked for and no flag has",
        description: `Within 30 days, what was asked for most first; at most ${unknownShown}, \`totalCount\` says how many there are.`,
        tags,
        params: inProject,
        querystring: z.object({ key: z.string().optional().describe("This key alone.") }),
        response: { 200: UnknownFlags },
      },
    },
    async ({ params, query, url }) => {
      const project = await getProject(parts.db, params.projectKey);
      const found = await listUnknownFlags(parts, project, query.key);
      return { ...found, _links: { self: linkTo(url) } };
    },
  );
};
