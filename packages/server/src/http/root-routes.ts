import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { apiPage, apiPageStyleHash } from "./api-page.ts";
import { Link, linkTo } from "./paging.ts";
import { apiVersion, sayApiVersion } from "./request-headers.ts";

const collections = ["projects", "flags", "segments", "tokens", "caller-identity", "versions"];
const tags = ["Other"];

/** Where the REST API begins, and what it says of itself. Nobody has to be known for that. */
export const rootRoutes: FastifyPluginAsyncZod = async (app) => {
  sayApiVersion(app);
  app.get(
    "/api/v2",
    {
      schema: {
        operationId: "getRoot",
        summary: "Where to begin",
        tags,
        security: [],
        response: { 200: z.object({ links: z.record(z.string(), Link) }) },
      },
    },
    async () => ({
      links: Object.fromEntries(
        ["", ...collections].map((name) => {
          const href = name === "" ? "/api/v2" : `/api/v2/${name}`;
          return [name === "" ? "self" : name, linkTo(href)];
        }),
      ),
    }),
  );

  const version = z.int();
  const Versions = z.object({
    validVersions: z.array(version),
    latestVersion: version,
    currentVersion: version,
    beta: z.boolean(),
  });
  app.get(
    "/api/v2/versions",
    {
      schema: {
        operationId: "getVersions",
        summary: "Which versions of the API are served",
        tags,
        security: [],
        response: { 200: Versions },
      },
    },
    async () => ({
      validVersions: [apiVersion],
      latestVersion: apiVersion,
      currentVersion: apiVersion,
      beta: false,
    }),
  );

  const addresses = z.array(z.string());
  app.get(
    "/api/v2/public-ip-list",
    {
      schema: {
        operationId: "getIps",
        summary: "From which addresses the service answers and calls",
        description:
          "You run the server yourself, on addresses that it does not know: both are empty.",
        tags,
        security: [],
        response: { 200: z.object({ addresses, outboundAddresses: addresses }) },
      },
    },
    async () => ({ addresses: [], outboundAddresses: [] }),
  );
  await app.register(descriptionRoutes);
};

const descriptionRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/api/v2/openapi.json",
    {
      schema: {
        operationId: "getOpenApi",
        summary: "This description",
        tags,
        security: [],
      },
    },
    async () => app.swagger(),
  );

  app.get("/api/docs", async (_, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", `default-src 'none'; style-src '${apiPageStyleHash}'`)
      .send(apiPage(app.swagger())),
  );
};
