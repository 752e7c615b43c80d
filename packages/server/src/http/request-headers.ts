import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Actor } from "../changes/feed.ts";

/** The version of the REST API that is served; clients may ask for `beta` or for another date. */
export const apiVersion = 20_240_415;

/** Every request has an id, which its answer, its log lines and its error carry. */
export const newRequestId = (): string => randomUUID();

/** Says on every answer which request it is to. */
export function sayRequestIds(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
}

/** Says on every answer which version of the REST API it follows: the one asked for, where it is one. */
export function sayApiVersion(app: FastifyInstance): void {
  app.addHook("onRequest", async ({ headers }, reply) => {
    const wanted = headers["ld-api-version"];
    const isVersion = typeof wanted === "string" && /^(\d{8}|beta)$/u.test(wanted);
    reply.header("ld-api-version", isVersion ? wanted : String(apiVersion));
  });
}

const longestUserAgent = 256;

/** Where a request came from, as the log of changes keeps it. */
export function originOf({ ip, headers }: FastifyRequest): NonNullable<Actor["origin"]> {
  const userAgent = headers["user-agent"]?.slice(0, longestUserAgent);
  return { ip, ...(userAgent === undefined ? {} : { userAgent }) };
}
