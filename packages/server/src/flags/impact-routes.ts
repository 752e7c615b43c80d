import { randomUUID } from "node:crypto";
import type { Flag } from "@halyard/evaluation";
import {
  applyFlagInstructions,
  deliveredFlag,
  type FlagState,
  isInstructionError,
} from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import { withBigSegments } from "../segments/big-segment-answers.ts";
import type { Db } from "../storage/database.ts";
import { parseFlagInstructions } from "./flag-patch.ts";
import { getFlag, listFlags } from "./flag-queries.ts";
import { Impact, impactOf } from "./impact.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What a change would do, before it is made. */
export const impactRoutes: FastifyPluginAsyncZod<{
  readonly db: Db;
  readonly delivery: Delivery;
  readonly intake: EventIntake;
  readonly now: () => number;
}> = async (app, { db, delivery, intake, now }) => {
  app.post(
    "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/impact",
    // It is asked by POST because instructions are long; nothing is written.
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFlagImpact",
        summary: "Say for how many contexts instructions would change the value",
        description:
          "Evaluates the contexts of the last 24 hours before and after. Writes nothing.",
        tags: ["Usage"],
        params: z.object({
          projectKey: z.string(),
          flagKey: z.string(),
          environmentKey: z.string(),
        }),
        body: z
          .object({ instructions: z.array(z.looseObject({ kind: z.string() })).max(500) })
          .meta({ examples: [{ instructions: [{ kind: "turnFlagOn" }] }] }),
        response: { 200: Impact },
      },
    },
    async ({ params: { projectKey, environmentKey, flagKey }, body }) => {
      const { project, environment } = await getEnvironment(db, projectKey, environmentKey);
      const { state } = await getFlag(db, project, flagKey);
      const flags = new Map(
        (await listFlags(db, project.id)).map((one) => [one.state.key, one.state]),
      );
      const findFlag = (key: string) => flags.get(key);
      const after = applyFlagInstructions(state, parseFlagInstructions(body), {
        environmentKey,
        newId: randomUUID,
        findFlag,
      });
      if (isInstructionError(after)) throw new DomainError("invalid_request", after.message);
      const served = (flag: FlagState) => payloadOf(flag, { environmentKey, findFlag });
      const at = now();
      const seen = (await intake.allInstances(environment.id)).filter(
        ({ lastSeen }) => at - lastSeen < 24 * hourMs,
      );
      const snapshot = await delivery.snapshot(environment.id);
      const impact = await impactOf(
        { before: served(state), after: served(after) },
        seen,
        (context) => withBigSegments(db, snapshot, context),
      );
      const points = await intake.usage(
        { environmentId: environment.id, flagKeys: [flagKey], from: at - hourMs, to: at + 1 },
        minuteMs,
      );
      const asked = points.reduce((sum, { count }) => sum + count, 0);
      return { ...impact, evaluationsPerMinute: Math.round((asked / 60) * 10) / 10 };
    },
  );
};

/** What SDKs would read of the flag. */
function payloadOf(
  flag: FlagState,
  where: { environmentKey: string; findFlag: (key: string) => FlagState | undefined },
): Flag {
  const payload = deliveredFlag(flag, { ...where, version: 1 });
  if (payload !== undefined) return payload;
  throw new DomainError(
    "not_found",
    `flag "${flag.key}" is not in environment "${where.environmentKey}"; check the spelling`,
  );
}
