import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { Statement } from "../access/policy.ts";
import type { Access } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { Link, linkTo } from "../http/paging.ts";
import type { Db } from "../storage/database.ts";
import {
  type AuditCursor,
  type AuditEntry,
  type AuditSearch,
  countEntries,
  findEntries,
  getEntry,
} from "./audit-queries.ts";
import {
  AuditEntryRepresentation,
  AuditNames,
  auditEntryRepresentation,
  auditPath,
  WholeAuditEntry,
  wholeAuditEntry,
} from "./audit-representation.ts";
import { accessesUnder, SearchQuery, searchOf, Time, visibleTo } from "./audit-search.ts";

const tags = ["Audit log"];
const largestPage = 1_000;
const ListQuery = SearchQuery.extend({
  limit: z.coerce.number().int().min(1).max(largestPage).default(20),
  cursor: z
    .string()
    .regex(/^\d+-\d+$/u, "take it from the link to the next page")
    .optional()
    .describe("Where to go on: the link to the next page has it."),
});
type ListQuery = z.infer<typeof ListQuery>;
const CountQuery = z.object({
  before: Time,
  after: Time,
  buckets: z.coerce.number().int().min(1).max(1_000).default(30),
});
const dayMs = 24 * 3_600_000;

const Listing = z.object({
  items: z.array(AuditEntryRepresentation),
  _links: z.record(z.string(), Link),
});
const Counts = z.object({
  buckets: z.array(z.object({ timestamp: z.int(), count: z.int() })),
  totalCount: z.int(),
  bucketIntervalMs: z.int(),
});
const visibleOnly = { access: { anyoneKnown: "it holds what the caller may see" } };

export interface AuditParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Who did what, when, and how. */
export const auditRoutes: FastifyPluginAsyncZod<AuditParts> = async (app, parts) => {
  await app.register(listingRoutes, parts);
  await app.register(countingRoutes, parts);
  const { db } = parts;
  app.get(
    `${auditPath}/:id`,
    {
      config: visibleOnly,
      schema: {
        operationId: "getAuditLogEntry",
        summary: "Read one entry of the audit log",
        tags,
        params: z.object({ id: z.string() }),
        response: { 200: WholeAuditEntry },
      },
    },
    async ({ params, access }) =>
      wholeAuditEntry(await getVisibleEntry(db, access, params.id), new AuditNames(db)),
  );
};

const listingRoutes: FastifyPluginAsyncZod<AuditParts> = async (app, { db }) => {
  app.get(
    auditPath,
    {
      config: visibleOnly,
      schema: {
        operationId: "getAuditLogEntries",
        summary: "List entries of the audit log, the newest first",
        tags,
        querystring: ListQuery,
        response: { 200: Listing },
      },
    },
    async ({ query, url, access }) => listing(db, { query, url, access }),
  );

  app.post(
    auditPath,
    {
      config: visibleOnly,
      schema: {
        operationId: "postAuditLogEntries",
        summary: "Search the audit log by a policy",
        description: "Entries of what the statements of the body would allow. Nothing is written.",
        tags,
        querystring: ListQuery,
        body: z.array(Statement),
        response: { 200: Listing },
      },
    },
    async ({ query, url, access, body }) => listing(db, { query, url, access, statements: body }),
  );
};

const countingRoutes: FastifyPluginAsyncZod<AuditParts> = async (app, { db, changes }) => {
  app.post(
    `${auditPath}/counts`,
    {
      config: visibleOnly,
      schema: {
        operationId: "postAuditLogEntriesCounts",
        summary: "Count entries of the audit log by time",
        description: "The last 30 days in 30 parts, unless told. Nothing is written.",
        tags,
        querystring: CountQuery,
        body: z.array(Statement),
        response: { 200: Counts },
      },
    },
    async ({ query, body, access }) => {
      const { before = changes.now, buckets } = query;
      const after = query.after ?? Math.max(0, before - buckets * dayMs);
      if (after >= before) {
        throw new DomainError("invalid_request", "after has to be a time that is before before");
      }
      const bucketIntervalMs = Math.ceil((before - after) / buckets);
      const search = { after, before, visible: await visibleTo(db, access) };
      const counts = await countEntries(
        db,
        body.length === 0 ? search : { ...search, accesses: await accessesUnder(db, body) },
        bucketIntervalMs,
      );
      return {
        buckets: Array.from({ length: buckets }, (_, at) => ({
          timestamp: after + at * bucketIntervalMs,
          count: counts.get(at) ?? 0,
        })),
        totalCount: [...counts.values()].reduce((sum, count) => sum + count, 0),
        bucketIntervalMs,
      };
    },
  );
};

interface Asked {
  readonly query: ListQuery;
  readonly url: string;
  readonly access: Access;
  /** Where they are empty, they restrict nothing. */
  readonly statements?: readonly Statement[];
}

async function listing(
  db: Db,
  { query, url, access, statements = [] }: Asked,
): Promise<z.output<typeof Listing>> {
  const search = await searchOf(db, query, access);
  const under = statements.length === 0 ? undefined : await accessesUnder(db, statements);
  const entries = await findEntries(
    db,
    under === undefined ? search : { ...search, accesses: bothOf(under, search.accesses) },
    { limit: query.limit + 1, cursor: cursorOf(query.cursor) },
  );
  const shown = entries.slice(0, query.limit);
  const last = entries.length > query.limit ? shown.at(-1) : undefined;
  const names = new AuditNames(db);
  return {
    items: await Promise.all(shown.map((entry) => auditEntryRepresentation(entry, names))),
    _links: {
      self: linkTo(url),
      ...(last === undefined ? {} : { next: linkTo(nextPage(url, last)) }),
    },
  };
}

/** An entry that the one who asks may not see is none. */
async function getVisibleEntry(db: Db, access: Access, id: string): Promise<AuditEntry> {
  const entry = await getEntry(db, id);
  const visible = await visibleTo(db, access);
  const isSeen =
    visible === undefined ||
    (entry.projectKey === undefined
      ? visible.isAccountSeen
      : visible.projectKeys.includes(entry.projectKey));
  if (isSeen) return entry;
  throw new DomainError("not_found", `the audit log has no entry "${id}"`);
}

function bothOf(
  some: NonNullable<AuditSearch["accesses"]>,
  others: AuditSearch["accesses"],
): AuditSearch["accesses"] {
  if (others === undefined) return some;
  const ids = new Set(others.map(({ id }) => id));
  return some.filter(({ id }) => ids.has(id));
}

function cursorOf(text: string | undefined): AuditCursor | undefined {
  if (text === undefined) return undefined;
  const [at = 0, id = 0] = text.split("-").map(Number);
  return { at, id };
}

function nextPage(url: string, { at, id }: AuditEntry): string {
  const [path = "", query] = url.split("?");
  const parameters = new URLSearchParams(query);
  parameters.set("cursor", `${at}-${id}`);
  return `${path}?${parameters}`;
}
