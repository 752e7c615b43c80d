import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { refuseStale } from "../http/etag.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { requireInstructions } from "./flag-actions.ts";
import { changeFlag, decideFlag, triedFlag } from "./flag-changes.ts";
import { copyOf, FlagCopyBody, refuseOtherVersions } from "./flag-copy.ts";
import { getFlag } from "./flag-queries.ts";
import { FlagRepresentation } from "./flag-representation.ts";
import { representedOne } from "./flag-surroundings.ts";

interface CopyParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly intake: EventIntake;
}

/** Brings what one environment has of a flag to another. */
export const flagCopyRoutes: FastifyPluginAsyncZod<CopyParts> = async (
  app,
  { db, changes, intake },
) => {
  app.post(
    "/api/v2/flags/:projectKey/:flagKey/copy",
    {
      config: { access: eachInstructionOn("proj/{projectKey}:env/*:flag/{flagKey}") },
      schema: {
        operationId: "copyFeatureFlag",
        summary: "Copy a flag's configuration to another environment",
        tags: ["Feature flags"],
        params: z.object({ projectKey: z.string(), flagKey: z.string() }),
        querystring: z.object({
          dryRun: z
            .stringbool()
            .optional()
            .describe("Answers what would come of it, and writes nothing."),
        }),
        body: FlagCopyBody,
        response: { 201: FlagRepresentation },
      },
    },
    async (request, reply) => {
      const { params, body, query, principal } = request;
      const project = await getProject(db, params.projectKey);
      const shown = await changes.write(principal, async (tx, record) => {
        const sources = { db: tx, intake };
        const access = request.access.within(tx);
        const found = await getFlag(tx, project, params.flagKey);
        const before = found.state;
        const whole = await representedOne(sources, project, found);
        await refuseStale(request, () => whole);
        refuseOtherVersions(whole, body);
        const patch = copyOf(before, body);
        const { projectKey, flagKey } = params;
        for (const [action, environment] of [
          ["copyFlagConfigFrom", body.source.key],
          ["copyFlagConfigTo", body.target.key],
        ] as const) {
          await access.require(
            action,
            ["proj", projectKey],
            ["env", environment],
            ["flag", flagKey],
          );
        }
        const place = { ...params, environmentKey: patch.environmentKey };
        await requireInstructions(access, place, patch.instructions);
        const after = await decideFlag(tx, project, before, patch);
        const isWritten = after !== before && query.dryRun !== true;
        const result = isWritten
          ? await changeFlag(tx, record, { project, before, after, patch, at: changes.now })
          : triedFlag(found, after, changes.now);
        return representedOne(sources, project, result);
      });
      return reply.code(201).send(shown);
    },
  );
};
