import { explain, isContextError, parseContext } from "@halyard/evaluation";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { DomainError } from "../errors.ts";
import { fitsCondition, parseConditions } from "../http/condition.ts";
import { pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import { listFlagsAt, momentAt } from "../restore/past-queries.ts";
import { pastSnapshot } from "../restore/past-snapshot.ts";
import { withBigSegments } from "../segments/big-segment-answers.ts";
import type { Db } from "../storage/database.ts";
import { reasonRepresentation } from "./evaluation-reason.ts";
import { listFlags, type StoredFlag } from "./flag-queries.ts";

const params = z.object({ projectKey: z.string(), environmentKey: z.string() });
const querystring = z.object({
  limit: pageQuery.limit.removeDefault().optional().describe("All, unless told."),
  offset: pageQuery.offset,
  filter: z
    .string()
    .optional()
    .describe('Such as key equals "checkout", or query equals "dark",tags contains ["beta"].'),
  sort: z.string().optional().describe("Such as name or -creationDate."),
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
        body: z.unknown(),
      },
    },
    async ({ params: { projectKey, environmentKey }, query, body, url }) => {
      const isWanted = matchesConditions(query.filter);
      const order = parseSort(query.sort, orders);
      const context = parseContext(body);
      if (isContextError(context)) throw new DomainError("invalid_request", context.error);
      const { project, environment } = await getEnvironment(db, projectKey, environmentKey);
      const moment = query.at === undefined ? undefined : await momentAt(db, query.at);
      const snapshot =
        moment === undefined
          ? await delivery.snapshot(environment.id)
          : await pastSnapshot(db, { project, environment }, moment);
      const store = await withBigSegments(db, snapshot, context);
      const all =
        moment === undefined
          ? await listFlags(db, project.id)
          : await listFlagsAt(db, project.id, moment);
      const served = all.filter(
        (flag) => store.flag(flag.state.key) !== undefined && isWanted(flag),
      );
      const window = { offset: query.offset, limit: query.limit ?? Math.max(1, served.length) };
      const page = pageOf(served.sort(order), window);
      const items = page.items.flatMap(({ state }) => {
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
      return pagedList(url, { items, totalCount: page.totalCount }, window);
    },
  );
};

const filterFields = ["key", "name", "query", "tags"];
const orders = {
  key: (a: StoredFlag, b: StoredFlag) => compareTexts(a.state.key, b.state.key),
  name: (a: StoredFlag, b: StoredFlag) => compareTexts(a.state.name, b.state.name),
  creationDate: (a: StoredFlag, b: StoredFlag) => a.createdAt - b.createdAt,
};

/** Reads `key equals "checkout"` and the like. */
function matchesConditions(filter: string | undefined): (flag: StoredFlag) => boolean {
  const conditions = parseConditions(filter, { known: filterFields });
  return ({ state }) =>
    conditions.every(({ field, operator, operand }) => {
      if (field === "tags") return fitsCondition({ operator, operand }, state.tags);
      if (field === "name") return fitsCondition({ operator, operand }, [state.name]);
      if (field === "key") return fitsCondition({ operator, operand }, [state.key]);
      const text = `${state.key} ${state.name} ${state.description}`.toLowerCase();
      return text.includes(String(operand).toLowerCase());
    });
}
