import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { listOf, wholeList } from "../http/paging.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { connectProblems, type FailedConnects } from "./failed-connects.ts";

const FailedConnect = z
  .object({
    at: z.int().describe("Unix milliseconds."),
    path: z.string(),
    problem: z.enum(connectProblems),
    message: z.string().describe("What the SDK was told."),
    name: z.string(),
    version: z.string().optional(),
    address: z.string(),
    environment: z.string().optional().describe("Whose key it came with, where that is known."),
  })
  .meta({ id: "FailedConnect" });

/** Why an SDK that should be connected is not. */
export const failedConnectRoutes: FastifyPluginAsyncZod<{
  readonly db: Db;
  readonly failedConnects: FailedConnects;
}> = async (app, { db, failedConnects }) => {
  app.get(
    "/api/v2/projects/:projectKey/failed-connects",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFailedConnects",
        summary: "List the SDKs that were turned away in the last minutes",
        description:
          "Of this project by their key, newest first; and, for those who see the members, those whose key is nobody's.",
        tags: ["Usage"],
        params: z.object({ projectKey: z.string() }),
        response: { 200: listOf(FailedConnect) },
      },
    },
    async ({ params, access, url }) => {
      const project = await getProject(db, params.projectKey);
      const seesStrangers = await access.permits("viewMembers", ["member", "*"]);
      const items = failedConnects.list().flatMap(({ environment, ...one }) => {
        if (environment === undefined) return seesStrangers ? [one] : [];
        return environment.project_id === project.id
          ? [{ ...one, environment: environment.key }]
          : [];
      });
      return wholeList(url, items);
    },
  );
};
