import { readFileSync } from "node:fs";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../storage/database.ts";
import { measureDatabase } from "./instance-queries.ts";

const Package = z.object({ version: z.string(), license: z.string() });
const Instance = z
  .object({
    version: z.string(),
    license: z.string(),
    nodeVersion: z.string(),
    startedAt: z.int().describe("Unix milliseconds."),
    memoryBytes: z.int().describe("What the process holds of the machine's memory."),
    newestChange: z.int().describe("The number of the newest change, as the live channel counts."),
    database: z.object({
      engine: z.string(),
      version: z.string(),
      sizeBytes: z.int(),
      freeBytes: z.int().describe("What of the size is free to be written again."),
    }),
    counts: z.object({
      projects: z.int(),
      environments: z.int(),
      flags: z.int(),
      segments: z.int(),
      members: z.int(),
    }),
  })
  .meta({ id: "Instance" });

interface InstanceParts {
  readonly db: Db;
  readonly now: () => number;
  readonly newestChange: () => number;
}

/** What an admin wants to know of the server itself; no paths and no secrets are among it. */
export const instanceRoutes: FastifyPluginAsyncZod<InstanceParts> = async (app, parts) => {
  const { db, now, newestChange } = parts;
  const startedAt = now();
  const { version, license } = Package.parse(
    JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")),
  );
  app.get(
    "/api/v2/account/instance",
    {
      // Not a "view…": whoever reads everything else does not read this.
      config: { access: { action: "inspectInstance", resource: "acct" } },
      schema: {
        operationId: "getInstance",
        summary: "Show which server this is and what it holds",
        tags: ["Account security"],
        response: { 200: Instance },
      },
    },
    async () => ({
      version,
      license,
      nodeVersion: process.versions.node,
      startedAt,
      memoryBytes: process.memoryUsage.rss(),
      newestChange: newestChange(),
      ...(await measureDatabase(db)),
    }),
  );
};
