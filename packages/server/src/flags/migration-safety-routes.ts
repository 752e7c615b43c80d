import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { decideFlag } from "./flag-changes.ts";
import { parseFlagInstructions } from "./flag-patch.ts";
import { getFlag } from "./flag-queries.ts";
import { safetyIssues } from "./migration-safety.ts";

const Issue = z.object({
  causingRuleId: z.string().optional(),
  affectedRuleIds: z.array(z.string()).readonly(),
  issue: z.string(),
  oldSystemAffected: z.boolean(),
});

interface SafetyParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Whether instructions would lead a migration to data that is not there. */
export const migrationSafetyRoutes: FastifyPluginAsyncZod<SafetyParts> = async (
  app,
  { db, changes },
) => {
  app.post(
    "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/migration-safety-issues",
    // It is asked by POST because instructions are long; nothing is written.
    {
      config: { access: viewProject },
      schema: {
        operationId: "postMigrationSafetyIssues",
        summary: "Tell what is unsafe about a change of a migration",
        description: "Nothing is changed. Where nothing is unsafe, 204 is answered.",
        tags: ["Feature flags"],
        params: z.object({
          projectKey: z.string(),
          flagKey: z.string(),
          environmentKey: z.string(),
        }),
        body: PatchBody,
        response: { 200: z.array(Issue), 204: noContent },
      },
    },
    async ({ params, body, actor }, reply) => {
      const { environmentKey } = params;
      const semantic = parsePatch(body);
      if (semantic.kind !== "semantic")
        throw new DomainError("invalid_request", 'send {"instructions": […]}');
      const instructions = parseFlagInstructions(semantic);
      const { project } = await getEnvironment(db, params.projectKey, environmentKey);
      const issues = await changes.write(actor, async (tx) => {
        const { state: before } = await getFlag(tx, project, params.flagKey);
        if (before.migration === undefined) {
          throw new DomainError(
            "invalid_request",
            `flag "${before.key}" steers no migration; ask for one of the purpose migration`,
          );
        }
        const after = await decideFlag(tx, project, before, { instructions, environmentKey });
        return safetyIssues(before, after, environmentKey);
      });
      return issues.length === 0 ? reply.code(204).send(null) : reply.send([...issues]);
    },
  );
};
