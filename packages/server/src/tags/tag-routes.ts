import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { compareTexts } from "../http/sort.ts";
import type { Db } from "../storage/database.ts";
import { taggedKinds } from "./tag.ts";
import { listTagged, listTaggedAt } from "./tag-queries.ts";

/** Kinds that carry tags elsewhere; there is none of them here. */
const otherKinds = ["metric", "metric-data-source", "aiconfig", "view"] as const;
const Kind = z.enum([...taggedKinds, ...otherKinds]);

const TagQuery = z.object({
  ...pageQuery,
  kind: z
    .union([Kind.transform((kind) => [kind]), z.array(Kind)])
    .optional()
    .describe("Of which things; of all unless told. Can be repeated."),
  pre: z.string().default("").describe("How the tags begin."),
  archived: z.stringbool().optional().describe("Whether tags of archived flags count, too."),
  asOf: z
    .string()
    .optional()
    .describe("The tags of that time: Unix milliseconds, or as RFC 3339 has it."),
});

/** Which tags there are. */
export const tagRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.get(
    "/api/v2/tags",
    {
      config: { access: { anyoneKnown: "the list holds tags of what the caller may see" } },
      schema: {
        operationId: "getTags",
        summary: "List tags",
        tags: ["Tags"],
        querystring: TagQuery,
        response: { 200: listOf(z.string()) },
      },
    },
    async ({ query, url, access }) => {
      const { kind: kinds = taggedKinds, pre, archived = false, asOf } = query;
      const time = asOf === undefined ? changes.now : timeOf(asOf);
      const all = time < changes.now ? await listTaggedAt(db, time) : await listTagged(db);
      const wanted = all.filter(
        ({ kind, isArchived }) => kinds.includes(kind) && (archived || !isArchived),
      );
      const visible = new Set<string>();
      for (const projectKey of new Set(wanted.map((one) => one.projectKey)))
        if (await access.permits("viewProject", ["proj", projectKey])) visible.add(projectKey);
      const tags = wanted
        .filter(({ projectKey }) => visible.has(projectKey))
        .flatMap((one) => one.tags)
        .filter((tag) => tag.startsWith(pre));
      const page = pageOf([...new Set(tags)].sort(compareTexts), query);
      return pagedList(url, page, query);
    },
  );
};

function timeOf(text: string): number {
  const time = /^\d+$/u.test(text) ? Number(text) : Date.parse(text);
  if (Number.isFinite(time)) return time;
  throw new DomainError(
    "invalid_request",
    `asOf: "${text}" is no time; give Unix milliseconds, or a time such as 2030-01-31T12:00:00Z`,
  );
}
