import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Feed } from "../changes/feed.ts";
import { noContent } from "../http/open-api.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { findMembership } from "./big-segment-queries.ts";
import { bigSegmentOf, instructSegment } from "./instruct-segment.ts";
import { requireInstructions } from "./segment-actions.ts";
import { getSegment } from "./segment-queries.ts";

const ofSegment = z.object({
  projectKey: z.string(),
  environmentKey: z.string(),
  segmentKey: z.string(),
});
const Keys = z
  .object({ add: z.array(z.string()).default([]), remove: z.array(z.string()).default([]) })
  .default({ add: [], remove: [] });
const MembershipBody = z
  .object({ included: Keys, excluded: Keys, comment: z.string().optional() })
  .meta({ examples: [{ included: { add: ["ada"], remove: ["grace"] } }] });
const Membership = z.object({
  userKey: z.string(),
  included: z.boolean(),
  excluded: z.boolean(),
});
const path = "/api/v2/segments/:projectKey/:environmentKey/:segmentKey";
const oneSegment = "proj/{projectKey}:env/{environmentKey}:segment/{segmentKey}";
const tags = ["Segments"];

/** The same twice: users came before the other kinds of contexts. */
const doors = [
  {
    name: "contexts",
    reading: "getSegmentMembershipForContext",
    writing: "updateBigSegmentContextTargets",
  },
  { name: "users", reading: "getSegmentMembershipForUser", writing: "updateBigSegmentTargets" },
] as const;

export interface BigSegmentParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
}

/** Who is listed in a big segment. */
export const bigSegmentRoutes: FastifyPluginAsyncZod<BigSegmentParts> = async (app, parts) => {
  const { db } = parts;
  for (const { name, reading, writing } of doors) {
    app.post(
      `${path}/${name}`,
      {
        config: { access: eachInstructionOn(oneSegment) },
        schema: {
          operationId: writing,
          summary: `List ${name} in a big segment, or list them no longer`,
          tags,
          params: ofSegment,
          body: MembershipBody,
          response: { 204: noContent },
        },
      },
      async ({ params, body, actor, access }, reply) => {
        const place = await getEnvironment(db, params.projectKey, params.environmentKey);
        const instructions = membershipInstructions(body);
        await instructSegment(parts, actor, {
          ...place,
          segmentKey: params.segmentKey,
          decide: async (tx) => {
            await requireInstructions(access.within(tx), params, instructions);
            return { instructions, comment: body.comment };
          },
        });
        return reply.code(204).send(null);
      },
    );

    app.get(
      `${path}/${name}/:contextKey`,
      {
        config: { access: viewProject },
        schema: {
          operationId: reading,
          summary: "Say whether a big segment lists a context",
          tags,
          params: ofSegment.extend({ contextKey: z.string() }),
          response: { 200: Membership },
        },
      },
      async ({ params }) => {
        const { contextKey } = params;
        const place = await getEnvironment(db, params.projectKey, params.environmentKey);
        const stored = await getSegment(db, place.environment.id, params.segmentKey);
        const big = bigSegmentOf(place.environment, stored);
        const { included, excluded } = await findMembership(db, big, [contextKey]);
        return {
          userKey: contextKey,
          included: included.has(contextKey),
          excluded: excluded.has(contextKey),
        };
      },
    );
  }
};

function membershipInstructions({ included, excluded }: z.infer<typeof MembershipBody>) {
  const instructions = [
    { kind: "addBigSegmentIncludedTargets" as const, values: included.add },
    { kind: "removeBigSegmentIncludedTargets" as const, values: included.remove },
    { kind: "addBigSegmentExcludedTargets" as const, values: excluded.add },
    { kind: "removeBigSegmentExcludedTargets" as const, values: excluded.remove },
  ];
  return instructions.filter(({ values }) => values.length > 0);
}
