import { explain, isContextError, parseContext, type Reason } from "@halyard/evaluation";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { DomainError } from "../errors.ts";
import { wholeList } from "../http/paging.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import { listFlagsAt, momentAt } from "../restore/past-queries.ts";
import { pastSnapshot } from "../restore/past-snapshot.ts";
import { withBigSegments } from "../segments/big-segment-answers.ts";
import type { Db } from "../storage/database.ts";
import { listFlags } from "./flag-queries.ts";

const params = z.object({ projectKey: z.string(), environmentKey: z.string() });
const querystring = z.object({
  filter: z.string().optional(),
  at: z.coerce.number().int().min(0).optional().describe("As it was then, in Unix milliseconds."),
});

/** What a context would get from each flag, and every step that leads there. */
export const evaluationRoutes: FastifyPluginAsyncZod<{ db: Db; delivery: Delivery }> = async (
  app,
  { db, delivery },
) => {
  app.post(
    "/api/v2/projects/:projectKey/environments/:environmentKey/flags/evaluate",
    // It is asked by POST because a context is long; nothing is written.
    {
      config: { access: viewProject },
      schema: {
        operationId: "evaluateContextInstance",
        summary: "Evaluate all flags for a context",
        description:
          "Says of each flag what the context would get, why, and every step that led there.",
        tags: ["Contexts"],
        params,
        querystring,
        body: z.unknown().meta({
          description: "A context, of one kind or of several.",
          examples: [{ kind: "user", key: "ada", country: "NL" }],
        }),
      },
    },
    async ({ params: { projectKey, environmentKey }, query, body }) => {
      const context = parseContext(body);
      if (isContextError(context)) throw new DomainError("invalid_request", context.error);
      const { project, environment } = await getEnvironment(db, projectKey, environmentKey);
      const moment = query.at === undefined ? undefined : await momentAt(db, query.at);
      const snapshot =
        moment === undefined
          ? await delivery.snapshot(environment.id)
          : await pastSnapshot(db, { project, environment }, moment);
      const store = await withBigSegments(db, snapshot, context);
      const wanted = wantedKey(query.filter);
      const all =
        moment === undefined
          ? await listFlags(db, project.id)
          : await listFlagsAt(db, project.id, moment);
      const flags = all.filter(({ state }) => wanted === undefined || state.key === wanted);
      const items = flags.flatMap(({ state }) => {
        const flag = store.flag(state.key);
        if (flag === undefined) return [];
        const { result, steps } = explain(flag, context, store);
        const href = `/api/v2/flags/${project.key}/${state.key}`;
        return [
          {
            name: state.name,
            key: state.key,
            _value: result.value,
            reason: reasonRepresentation(result.reason),
            variationIndex: result.variationIndex,
            steps,
            _links: { self: { href, type: "application/json" } },
          },
        ];
      });
      return wholeList(
        `/api/v2/projects/${project.key}/environments/${environment.key}/flags/evaluate`,
        items,
      );
    },
  );
};

/** REST spells the rule's id in its own way. */
function reasonRepresentation(reason: Reason): object {
  if (reason.kind !== "RULE_MATCH" || reason.ruleId === undefined) return reason;
  const { ruleId, ...rest } = reason;
  return { ...rest, ruleID: ruleId };
}

/** Reads `key equals "checkout"`. */
function wantedKey(filter: string | undefined): string | undefined {
  if (filter === undefined) return undefined;
  const key = /^key equals "([^"]*)"$/u.exec(filter)?.[1];
  if (key === undefined)
    throw new DomainError(
      "invalid_request",
      `the filter ${filter} cannot be read; write key equals "checkout"`,
    );
  return key;
}
