import { type RawBuilder, sql } from "kysely";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";
import { type LoggedAccess, type LoggedChange, loggedChange } from "./logged-change.ts";

/** A change as the audit log shows it; `id` grows with each. */
export interface AuditEntry extends LoggedChange {
  readonly id: number;
  readonly projectKey: string | undefined;
}

export interface AuditSearch {
  /** Unix milliseconds; entries are not before it. */
  readonly after?: number | undefined;
  /** Unix milliseconds; entries are before it. */
  readonly before?: number | undefined;
  /** Words, each of which has to begin one of the entry's. */
  readonly text?: string | undefined;
  readonly memberId?: string | undefined;
  readonly method?: string | undefined;
  /** Of what belongs to this project. */
  readonly projectKey?: string | undefined;
  /** Of which an entry has to have one. */
  readonly accesses?: readonly AccessCount[] | undefined;
  /** What is to be seen by who may not see everything. */
  readonly visible?: Visible | undefined;
}

export interface Visible {
  readonly projectKeys: readonly string[];
  /** Whether entries that belong to no project are seen. */
  readonly isAccountSeen: boolean;
}

/** Where a page goes on: behind this entry. */
export interface AuditCursor {
  readonly at: number;
  readonly id: number;
}

/** Something that was done to something, and how many entries say so. */
export interface AccessCount {
  readonly id: number;
  readonly entries: number;
}

/**
 * Up to so many entries are sorted after they were found by what they are about; where there are
 * more, walking back in time meets them often enough.
 */
const fewEntries = 20_000;

/** The newest entries that fit, behind the cursor. */
export async function findEntries(
  db: Db,
  search: AuditSearch,
  { limit, cursor }: { limit: number; cursor?: AuditCursor | undefined },
): Promise<readonly AuditEntry[]> {
  if (search.accesses?.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    ${idsNewestFirst(search, cursor)} limit ${limit}`.execute(db);
  return entriesWithIds(
    db,
    rows.map(({ id }) => id),
  );
}

/** The statement that finds ids of entries, without its limit. */
export function idsNewestFirst(
  search: AuditSearch,
  cursor?: AuditCursor | undefined,
): RawBuilder<{ id: number }> {
  const { text = "", accesses } = search;
  if (text !== "") {
    const conditions = [sql`audit_text match ${matchOf(text)}`, ...conditionsOf(search)];
    // Ids and times grow together, and the full text is found by id.
    if (cursor !== undefined) conditions.push(sql`audit_text.rowid < ${cursor.id}`);
    return sql`select e.id from audit_text cross join audit_entry as e on e.id = audit_text.rowid
      where ${sql.join(conditions, sql` and `)} order by audit_text.rowid desc`;
  }
  const isFew = accesses !== undefined && sumOf(accesses) <= fewEntries;
  const conditions = conditionsOf(isFew ? { ...search, accesses: undefined } : search);
  if (isFew) {
    conditions.push(sql`e.id in (select entry_id from audit_entry_access
      where access_id in (select value from json_each(${idsOf(accesses)})))`);
  }
  if (cursor !== undefined) conditions.push(sql`(e.at, e.id) < (${cursor.at}, ${cursor.id})`);
  const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  return sql`select e.id from audit_entry as e where ${where} order by e.at desc, e.id desc`;
}

/** How many entries fit in each stretch of time, by its number from the beginning. */
export async function countEntries(
  db: Db,
  search: AuditSearch & { readonly after: number },
  intervalMs: number,
): Promise<ReadonlyMap<number, number>> {
  if (search.accesses?.length === 0) return new Map();
  const { rows } = await sql<{ bucket: number; entries: number }>`
    select (e.at - ${search.after}) / ${intervalMs} as bucket, count(*) as entries
    from audit_entry as e where ${sql.join(conditionsOf(search), sql` and `)}
    group by bucket`.execute(db);
  return new Map(rows.map(({ bucket, entries }) => [bucket, entries]));
}

/** The oldest entries that fit, after the one of the id: for whoever reads all of them. */
export async function nextEntries(
  db: Db,
  search: AuditSearch,
  { limit, id }: { limit: number; id: number },
): Promise<readonly AuditEntry[]> {
  const conditions = [sql`e.id > ${id}`, ...conditionsOf(search)];
  const { text = "" } = search;
  if (text !== "") conditions.push(saysWords(text));
  const { rows } = await sql<{ id: number }>`select e.id from audit_entry as e
    where ${sql.join(conditions, sql` and `)} order by e.id limit ${limit}`.execute(db);
  return entriesWithIds(
    db,
    rows.map((row) => row.id),
  );
}

async function findEntry(db: Db, changeId: string): Promise<AuditEntry | undefined> {
  const row = await db
    .selectFrom("audit_entry")
    .select("id")
    .where("change_id", "=", changeId)
    .executeTakeFirst();
  return row && (await entriesWithIds(db, [row.id]))[0];
}

export async function getEntry(db: Db, changeId: string): Promise<AuditEntry> {
  const entry = await findEntry(db, changeId);
  if (entry !== undefined) return entry;
  throw new DomainError(
    "not_found",
    `the audit log has no entry "${changeId}"; take an _id from the list`,
  );
}

/** The entries of ids, in the order of the ids. */
export async function entriesWithIds(
  db: Db,
  ids: readonly number[],
): Promise<readonly AuditEntry[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("audit_entry as e")
    .innerJoin("change as c", (join) =>
      join.onRef("c.history", "=", "e.history").onRef("c.version", "=", "e.version"),
    )
    .selectAll("c")
    .select(["e.id as entry_id", "e.project_key"])
    .where("e.id", "in", sql<number>`(select value from json_each(${JSON.stringify(ids)}))`)
    .execute();
  const entries = new Map(
    rows.map((row) => [
      row.entry_id,
      { ...loggedChange(row), id: row.entry_id, projectKey: row.project_key ?? undefined },
    ]),
  );
  return ids.flatMap((id) => entries.get(id) ?? []);
}

/** Accesses to exactly the resource, or where it is a pattern to all that begin as it does. */
export async function listAccesses(
  db: Db,
  specifier = "*",
): Promise<readonly (LoggedAccess & AccessCount)[]> {
  const star = specifier.indexOf("*");
  const query = db.selectFrom("audit_access").selectAll();
  if (star < 0) return query.where("resource", "=", specifier).execute();
  const prefix = specifier.slice(0, star);
  return prefix === ""
    ? query.execute()
    : query.where("resource", ">=", prefix).where("resource", "<", `${prefix}\u{10ffff}`).execute();
}

/** The projects that have entries, deleted ones too. */
export async function listProjectKeys(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom("audit_project").select("key").execute();
  return rows.map(({ key }) => key);
}

function conditionsOf(search: AuditSearch): RawBuilder<unknown>[] {
  const { after, before, memberId, method, projectKey, accesses, visible } = search;
  return [
    ...(after === undefined ? [] : [sql`e.at >= ${after}`]),
    ...(before === undefined ? [] : [sql`e.at < ${before}`]),
    ...(memberId === undefined ? [] : [sql`e.member_id = ${memberId}`]),
    ...(method === undefined ? [] : [sql`e.method = ${method}`]),
    ...(projectKey === undefined ? [] : [sql`e.project_key = ${projectKey}`]),
    ...(accesses === undefined ? [] : [hasOneOf(accesses)]),
    ...(visible === undefined ? [] : [isVisible(visible)]),
  ];
}

function saysWords(text: string): RawBuilder<unknown> {
  return sql`e.id in (select rowid from audit_text where audit_text match ${matchOf(text)})`;
}

function hasOneOf(accesses: readonly AccessCount[]): RawBuilder<unknown> {
  return sql`exists (select 1 from audit_entry_access as a where a.entry_id = e.id
    and a.access_id in (select value from json_each(${idsOf(accesses)})))`;
}

function isVisible({ projectKeys, isAccountSeen }: Visible): RawBuilder<unknown> {
  const isOfProject = sql`e.project_key in (select value from json_each(${JSON.stringify(projectKeys)}))`;
  return isAccountSeen ? sql`(e.project_key is null or ${isOfProject})` : isOfProject;
}

function sumOf(accesses: readonly AccessCount[]): number {
  return accesses.reduce((sum, { entries }) => sum + entries, 0);
}

function idsOf(accesses: readonly AccessCount[]): string {
  return JSON.stringify(accesses.map(({ id }) => id));
}

/** Each word as the beginning of one; what stands between words separates them here too. */
function matchOf(text: string): string {
  return text
    .split(/\s+/u)
    .filter((word) => word !== "")
    .map((word) => `"${word.replaceAll('"', '""')}"*`)
    .join(" ");
}
