import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { fitsCondition, parseConditions } from "../http/condition.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { contextsOf, type SeenContext } from "./seen-context-store.ts";

const inEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const path = "/api/v2/projects/:projectKey/environments/:environmentKey/context-attributes";
const tags = ["Contexts"];
const querystring = z.object({
  filter: z.string().optional().describe('Such as kind equals "user",name startsWith "pl".'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const weight = z.int().describe("How many contexts have it.");
const Names = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      names: z.array(z.object({ name: z.string(), weight, redacted: z.boolean().optional() })),
    }),
  ),
});
const Values = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      values: z.array(z.object({ name: z.unknown(), weight })),
    }),
  ),
});

/** What contexts that SDKs have reported say of themselves. */
export const contextAttributeRoutes: FastifyPluginAsyncZod<{
  db: Db;
  intake: EventIntake;
}> = async (app, { db, intake }) => {
  const seen = async ({ projectKey, environmentKey }: z.infer<typeof inEnvironment>) => {
    const { environment } = await getEnvironment(db, projectKey, environmentKey);
    return contextsOf(await intake.allInstances(environment.id));
  };

  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getContextAttributeNames",
        summary: "List which attributes contexts have",
        tags,
        params: inEnvironment,
        querystring,
        response: { 200: Names },
      },
    },
    async ({ params, query: { filter, limit } }) => {
      const counted = countedByKind(await seen(params), filter, (context) => [
        ...["key", ...Object.keys(context.attributes)].map((name) => ({ name })),
        ...context.redacted.map((name) => ({ name, redacted: true })),
      ]);
      return {
        items: counted.map(({ kind, found }) => ({
          kind,
          names: found.slice(0, limit).map(({ one, weight: count }) => ({ ...one, weight: count })),
        })),
      };
    },
  );

  app.get(
    `${path}/:attributeName`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getContextAttributeValues",
        summary: "List which values an attribute has",
        tags,
        params: inEnvironment.extend({ attributeName: z.string() }),
        querystring,
        response: { 200: Values },
      },
    },
    async ({ params, query: { filter, limit } }) => {
      const { attributeName } = params;
      const counted = countedByKind(await seen(params), filter, ({ key, attributes }) => {
        if (attributeName === "key") return [{ name: key }];
        return Object.hasOwn(attributes, attributeName)
          ? [{ name: attributes[attributeName] }]
          : [];
      });
      return {
        items: counted.map(({ kind, found }) => ({
          kind,
          values: found
            .slice(0, limit)
            .map(({ one, weight: count }) => ({ ...one, weight: count })),
        })),
      };
    },
  );
};

/** What contexts have, by kind, the most frequent first. */
function countedByKind<T extends { readonly name: unknown }>(
  contexts: readonly SeenContext[],
  filter: string | undefined,
  namesIn: (context: SeenContext) => readonly T[],
) {
  const conditions = parseConditions(filter, { known: ["kind", "name"] });
  const fits = (field: string, value: unknown) =>
    conditions.every((one) => one.field !== field || fitsCondition(one, [value]));
  const byKind = new Map<string, Map<string, { one: T; weight: number }>>();
  for (const context of contexts) {
    if (!fits("kind", context.kind)) continue;
    const counts = byKind.get(context.kind) ?? new Map<string, { one: T; weight: number }>();
    byKind.set(context.kind, counts);
    for (const one of namesIn(context)) {
      if (!fits("name", one.name)) continue;
      const id = JSON.stringify(one);
      counts.set(id, { one, weight: (counts.get(id)?.weight ?? 0) + 1 });
    }
  }
  return [...byKind]
    .map(([kind, counts]) => ({
      kind,
      found: [...counts.values()].sort((a, b) => b.weight - a.weight),
    }))
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
