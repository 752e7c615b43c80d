import { isContextError, parseContext } from "@halyard/evaluation";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { DomainError } from "../errors.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { withBigSegments } from "./big-segment-answers.ts";
import { MembershipReason, reasonFor } from "./segment-membership.ts";
import { listSegments } from "./segment-queries.ts";

const params = z.object({ projectKey: z.string(), environmentKey: z.string() });
const Memberships = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      key: z.string(),
      description: z.string(),
      unbounded: z.boolean(),
      external: z.string(),
      isMember: z.boolean(),
      isIndividuallyTargeted: z.boolean(),
      isRuleTargeted: z.boolean(),
      reason: MembershipReason,
      _links: z.object({ self: Link }),
    }),
  ),
  _links: z.object({ self: Link }),
});

/** In which segments a context is, and what puts it there. */
export const segmentEvaluationRoutes: FastifyPluginAsyncZod<{
  db: Db;
  delivery: Delivery;
}> = async (app, { db, delivery }) => {
  app.post(
    "/api/v2/projects/:projectKey/environments/:environmentKey/segments/evaluate",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getContextInstanceSegmentsMembershipByEnv",
        summary: "Say in which segments a context is",
        tags: ["Segments"],
        params,
        body: z.unknown(),
        response: { 200: Memberships },
      },
    },
    async ({ params: { projectKey, environmentKey }, body }) => {
      const context = parseContext(body);
      if (isContextError(context)) throw new DomainError("invalid_request", context.error);
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const snapshot = await delivery.snapshot(environment.id);
      const store = await withBigSegments(db, snapshot, context);
      const items = (await listSegments(db, environment.id)).flatMap(({ state }) => {
        const segment = store.segment(state.key);
        if (segment === undefined) return [];
        const reason = reasonFor(segment, context, store);
        const href = `/api/v2/segments/${projectKey}/${environmentKey}/${state.key}`;
        return {
          name: state.name,
          key: state.key,
          description: state.description,
          unbounded: state.unbounded,
          external: "",
          isMember: reason.kind === "INCLUDED" || reason.kind === "RULE_MATCH",
          isIndividuallyTargeted: reason.kind === "INCLUDED" || reason.kind === "EXCLUDED",
          isRuleTargeted: reason.kind === "RULE_MATCH",
          reason,
          _links: { self: linkTo(href) },
        };
      });
      const href = `/api/v2/projects/${projectKey}/environments/${environmentKey}/segments/evaluate`;
      return { items, _links: { self: linkTo(href) } };
    },
  );
};
