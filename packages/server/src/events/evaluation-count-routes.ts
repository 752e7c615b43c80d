import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import type { EventIntake } from "./event-intake.ts";

const params = z.object({ projectKey: z.string(), environmentKey: z.string() });
const time = z.coerce.number().int().min(0).optional();
const querystring = z.object({ flag: z.string().optional(), from: time, to: time });

/** How often flags were evaluated, by the minute, as SDKs reported it. */
export const evaluationCountRoutes: FastifyPluginAsyncZod<{
  db: Db;
  intake: EventIntake;
}> = async (app, { db, intake }) => {
  app.get(
    "/api/v2/projects/:projectKey/environments/:environmentKey/evaluations",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getEvaluationCounts",
        summary: "Count evaluations by the minute",
        tags: ["Usage"],
        params,
        querystring,
      },
    },
    async ({ params: { projectKey, environmentKey }, query: { flag, from, to } }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const { counts, tallies } = await intake.read({
        environmentId: environment.id,
        ...(flag === undefined ? {} : { flagKey: flag }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
      const href = `/api/v2/projects/${projectKey}/environments/${environmentKey}/evaluations`;
      return {
        items: counts,
        totalCount: counts.reduce((total, { count }) => total + count, 0),
        events: tallies,
        _links: { self: { href, type: "application/json" } },
      };
    },
  );
};
