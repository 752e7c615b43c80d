import type { FastifyInstance } from "fastify";
import { largestPage } from "./paging.ts";

/** By operation, the version that lists in pages what those before it listed whole. */
const pagedSince: ReadonlyMap<string, number> = new Map([
  ["getProjects", 20_220_603],
  ["getFeatureFlags", 20_240_415],
  ["getSegments", 20_240_415],
  ["getTokens", 20_240_415],
  ["getCustomRoles", 20_240_415],
  ["getWorkflows", 20_240_415],
]);

/** A client of an older version reads the first page only, and would take the rest for gone. */
export function listWholeForOlderVersions(app: FastifyInstance): void {
  app.addHook("preValidation", async (request) => {
    const since = pagedSince.get(request.routeOptions.schema?.operationId ?? "");
    const wanted = Number(request.headers["ld-api-version"] ?? "beta");
    if (since === undefined || !(wanted < since)) return;
    request.query = { limit: String(largestPage), ...Object(request.query) };
  });
}
