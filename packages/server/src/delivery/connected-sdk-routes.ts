import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { environmentsToShow } from "../flags/flag-surroundings.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { getProject } from "../projects/project-queries.ts";
import { sdkRepresentation } from "./connected-sdks.ts";
import { lagOf } from "./connections.ts";
import type { DeliveryParts } from "./delivery.ts";

const ConnectedSdk = z
  .object({
    id: z.string(),
    environment: z.string(),
    name: z.string(),
    version: z.string().optional(),
    instance: z.string().optional(),
    application: z.string().optional(),
    wrapper: z.string().optional(),
    address: z.string(),
    credential: z.string().describe("The end of the key that it came with."),
    since: z.int().describe("Unix milliseconds."),
    lastEventAt: z.int().optional().describe("When it last reported events, in Unix milliseconds."),
    servedVersion: z.int().describe("The version of the environment that it was last sent."),
    lagMs: z.int().describe("How old the oldest change is that it has not been sent."),
  })
  .meta({ id: "ConnectedSdk" });

/** Which SDKs hold a stream open now. */
export const connectedSdkRoutes: FastifyPluginAsyncZod<DeliveryParts> = async (
  app,
  { db, delivery, now },
) => {
  app.get(
    "/api/v2/projects/:projectKey/sdks",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getConnectedSdks",
        summary: "List the SDKs that are connected now",
        description: "Those that hold a stream open to this server; who polls is not among them.",
        tags: ["Usage"],
        params: z.object({ projectKey: z.string() }),
        querystring: z.object({
          ...pageQuery,
          env: z
            .union([z.string(), z.array(z.string())])
            .optional()
            .describe("Keys of the environments to show; all unless told."),
        }),
        response: { 200: listOf(ConnectedSdk) },
      },
    },
    async ({ params, query, url }) => {
      const project = await getProject(db, params.projectKey);
      const all = (await environmentsToShow(db, project, query.env)).flatMap(({ id, key }) =>
        delivery.sdks.list(id).map((one) => ({ ...one, environment: key })),
      );
      const page = pageOf(all, query);
      const at = now();
      const items = await Promise.all(
        page.items.map(async ({ environment, environmentId, stream, lastEventAt }) => ({
          ...sdkRepresentation(stream),
          environment,
          ...(lastEventAt === undefined ? {} : { lastEventAt }),
          servedVersion: stream.sentVersion,
          lagMs: lagOf(stream, await delivery.snapshot(environmentId), at),
        })),
      );
      return pagedList(url, { items, totalCount: page.totalCount }, query);
    },
  );
};
