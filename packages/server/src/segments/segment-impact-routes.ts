import { randomUUID } from "node:crypto";
import { type Context, isContextError, parseContext } from "@halyard/evaluation";
import {
  applySegmentInstructions,
  deliveredSegment,
  isInstructionError,
} from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { withBigSegments } from "./big-segment-answers.ts";
import { SegmentImpact, segmentImpactOf, standingOf } from "./segment-impact.ts";
import { parseSegmentInstructions } from "./segment-patch.ts";
import { getSegment } from "./segment-queries.ts";
import { flagsAskingFor } from "./segment-usage.ts";

const dayMs = 24 * 3_600_000;

/** Who is in a segment, and what a change of it would do, before it is made. */
export const segmentImpactRoutes: FastifyPluginAsyncZod<{
  readonly db: Db;
  readonly delivery: Delivery;
  readonly intake: EventIntake;
  readonly now: () => number;
}> = async (app, { db, delivery, intake, now }) => {
  app.post(
    "/api/v2/projects/:projectKey/segments/:segmentKey/environments/:environmentKey/impact",
    // It is asked by POST because instructions are long; nothing is written.
    {
      config: { access: viewProject },
      schema: {
        operationId: "getSegmentImpact",
        summary: "Say which contexts are in a segment, and what instructions would change",
        description:
          "Asks about the contexts of the last 24 hours before and after. Writes nothing; without instructions it tells the members.",
        tags: ["Usage"],
        params: z.object({
          projectKey: z.string(),
          segmentKey: z.string(),
          environmentKey: z.string(),
        }),
        body: z
          .object({
            instructions: z.array(z.looseObject({ kind: z.string() })).max(500),
            context: z.unknown().optional().describe("A context that is asked about by itself."),
          })
          .meta({
            examples: [
              {
                instructions: [
                  { kind: "addIncludedTargets", contextKind: "user", values: ["ada"] },
                ],
              },
            ],
          }),
        response: { 200: SegmentImpact },
      },
    },
    async ({ params: { projectKey, environmentKey, segmentKey }, body }) => {
      const place = await getEnvironment(db, projectKey, environmentKey);
      const { environment } = place;
      const { state } = await getSegment(db, environment.id, segmentKey);
      const instructions = parseSegmentInstructions(body.instructions);
      const after = applySegmentInstructions(state, instructions, { newId: randomUUID });
      if (isInstructionError(after)) throw new DomainError("invalid_request", after.message);
      const at = now();
      const seen = (await intake.allInstances(environment.id)).filter(
        ({ lastSeen }) => at - lastSeen < dayMs,
      );
      const snapshot = await delivery.snapshot(environment.id);
      const flags = (await flagsAskingFor(db, { ...place, key: segmentKey })).flatMap((found) => {
        const flag = snapshot.store.flag(found.state.key);
        return flag === undefined ? [] : [{ name: found.state.name, flag }];
      });
      const segments = { before: deliveredSegment(state, 1), after: deliveredSegment(after, 2) };
      const storeFor = (context: Context) => withBigSegments(db, snapshot, context);
      const asked = body.context === undefined ? undefined : contextIn(body.context);
      return {
        ...(await segmentImpactOf({ ...segments, flags }, seen, storeFor)),
        ...(asked && { asked: standingOf(segments, asked, await storeFor(asked)) }),
      };
    },
  );
};

function contextIn(input: unknown): Context {
  const context = parseContext(input);
  if (isContextError(context)) throw new DomainError("invalid_request", context.error);
  return context;
}
