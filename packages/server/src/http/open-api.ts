import fastifySwagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import { statusOfError } from "../errors.ts";
import { apiVersion } from "./request-headers.ts";

/** What every refusal holds; an operation that says 404 itself is of something that may not be there. */
export const ErrorBody = z
  .object({
    code: z.string().describe("For programs; docs/errors.md lists them."),
    message: z.string().describe("What was wrong, where, and what to do."),
    id: z.string().describe("The request's id, which the server's log has too."),
  })
  .meta({ id: "Error" });

/** What the answer to a DELETE holds. */
export const noContent = z.null().describe("It is done.");

const errorContent = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };

/** What any operation may answer, besides what it says itself. */
const commonResponses = Object.fromEntries(
  [...new Set(Object.values(statusOfError))]
    .filter((status) => status < 500)
    .map((status) => {
      const codes = Object.entries(statusOfError).filter(([, one]) => one === status);
      const description = codes.map(([code]) => code).join(", ");
      return [String(status), { description, content: errorContent }];
    }),
);

/** Describes every route under /api/v2 that is added from here on, from its zod schemas. */
export function describeApi(app: FastifyInstance): void {
  app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Halyard REST API",
        version: String(apiVersion),
        description:
          "Projects, environments, flags, segments, and who may change them. Send an access token in the Authorization header.",
      },
      components: {
        responses: commonResponses,
        securitySchemes: { accessToken: { type: "apiKey", name: "Authorization", in: "header" } },
      },
      security: [{ accessToken: [] }],
    },
    transform: (document) => {
      const { schema, url } = document;
      const isHidden = !/^\/api\/v2(\/|$)/u.test(url);
      // What is not declared is said to be anything, for the errors would be all there is otherwise.
      const response = schema?.response ?? { "2XX": z.unknown().describe("The answer.") };
      return jsonSchemaTransform({
        ...document,
        schema: { ...schema, hide: isHidden, response: { ...response, "4XX": ErrorBody } },
      });
    },
    transformObject: (document) => {
      const described = jsonSchemaTransformObject(document);
      const schemas = "components" in described ? (described.components?.schemas ?? {}) : {};
      const paths = JSON.stringify("paths" in described ? described.paths : {});
      // Each is described as what is taken, too, which is of use only where a request names it.
      for (const name of Object.keys(schemas))
        if (name.endsWith("Input") && !paths.includes(`/${name}"`)) delete schemas[name];
      return described;
    },
  });
}
