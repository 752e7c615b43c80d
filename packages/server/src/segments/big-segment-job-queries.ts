import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type BigSegmentImport = Tables["big_segment_import"];
export type BigSegmentExport = Tables["big_segment_export"];
type OfSegment = { readonly environmentId: string; readonly segmentKey: string };

const underWay = ["ready", "in_progress"] as const;

/** Why an import was stopped. */
export interface ImportProblem {
  /** From 1; absent where it concerns the whole. */
  readonly line?: number | undefined;
  readonly message: string;
}

export async function insertImport(tx: Tx, job: BigSegmentImport): Promise<void> {
  await tx.insertInto("big_segment_import").values(job).execute();
}

export async function findImport(
  db: Db,
  segment: OfSegment,
  id: string,
): Promise<BigSegmentImport | undefined> {
  return db
    .selectFrom("big_segment_import")
    .selectAll()
    .where((job) => job.and({ ...columnsOf(segment), id }))
    .executeTakeFirst();
}

/** The import of a segment that is under way. */
export async function findRunningImport(
  db: Db,
  segment: OfSegment,
): Promise<BigSegmentImport | undefined> {
  return db
    .selectFrom("big_segment_import")
    .selectAll()
    .where((job) => job.and(columnsOf(segment)))
    .where("status", "in", underWay)
    .executeTakeFirst();
}

/** All imports that are under way, the oldest first. */
export async function listRunningImports(db: Db): Promise<readonly BigSegmentImport[]> {
  return db
    .selectFrom("big_segment_import")
    .selectAll()
    .where("status", "in", underWay)
    .orderBy("created_at")
    .execute();
}

export async function listImportIds(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("big_segment_import")
    .select("id")
    .where("status", "in", ["pending_approval", ...underWay])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Makes a waiting import ready; false where none of that id waits. */
export async function releaseImport(tx: Tx, segment: OfSegment, id: string): Promise<boolean> {
  const found = await findImport(tx, segment, id);
  if (found?.status !== "pending_approval") return false;
  await updateImport(tx, id, { status: "ready" });
  return true;
}

export async function updateImport(
  tx: Tx,
  id: string,
  change: Partial<Omit<BigSegmentImport, "id">>,
): Promise<void> {
  await tx.updateTable("big_segment_import").set(change).where("id", "=", id).execute();
}

export async function insertExport(tx: Tx, job: BigSegmentExport): Promise<void> {
  await tx.insertInto("big_segment_export").values(job).execute();
}

export async function findExport(
  db: Db,
  segment: OfSegment,
  id: string,
): Promise<BigSegmentExport | undefined> {
  return db
    .selectFrom("big_segment_export")
    .selectAll()
    .where((job) => job.and({ ...columnsOf(segment), id }))
    .executeTakeFirst();
}

export async function listRunningExports(db: Db): Promise<readonly BigSegmentExport[]> {
  return db
    .selectFrom("big_segment_export")
    .selectAll()
    .where("status", "=", "in_progress")
    .orderBy("created_at")
    .execute();
}

export async function updateExport(
  tx: Tx,
  id: string,
  change: Partial<Pick<BigSegmentExport, "status" | "size_bytes">>,
): Promise<void> {
  await tx.updateTable("big_segment_export").set(change).where("id", "=", id).execute();
}

/** Forgets the exports of before a time; gives their ids. */
export async function deleteExportsBefore(tx: Tx, before: number): Promise<readonly string[]> {
  const rows = await tx
    .deleteFrom("big_segment_export")
    .where("created_at", "<", before)
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** The imports that put others in the place of members, which are kept until a time for who asks late. */
export async function listReplacedGenerations(
  db: Db,
  finishedBefore: number,
): Promise<readonly BigSegmentImport[]> {
  return db
    .selectFrom("big_segment_import")
    .selectAll()
    .where("former_generation", "is not", null)
    .where("finished_at", "<=", finishedBefore)
    .execute();
}

function columnsOf({ environmentId, segmentKey }: OfSegment) {
  return { environment_id: environmentId, segment_key: segmentKey };
}
