import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import type { CheckpointStatement } from "./checkpoint.ts";

export type StoredCheckpoint = Tables["audit_checkpoint"];

export async function findNewestCheckpoint(db: Db): Promise<StoredCheckpoint | undefined> {
  return db
    .selectFrom("audit_checkpoint")
    .selectAll()
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Checkpoints after the one of the id, the oldest first. */
export async function listCheckpoints(
  db: Db,
  { after, limit }: { after: number; limit: number },
): Promise<readonly StoredCheckpoint[]> {
  return db
    .selectFrom("audit_checkpoint")
    .selectAll()
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
}

export async function insertCheckpoint(tx: Tx, checkpoint: StoredCheckpoint): Promise<void> {
  await tx.insertInto("audit_checkpoint").values(checkpoint).execute();
}

/** The newest entry of the log; 0 where there is none. */
export async function newestEntryId(db: Db): Promise<number> {
  const row = await db
    .selectFrom("audit_entry")
    .select("id")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? 0;
}

/** Where the histories stand of everything that is there. */
export async function headsOfHistories(db: Db): Promise<CheckpointStatement["heads"]> {
  const heads: CheckpointStatement["heads"] = {};
  for (const { id, version } of await currentHistories(db)) {
    const hash = await hashAt(db, id, version);
    if (hash !== undefined) heads[id] = { version, hash };
  }
  return heads;
}

/** The histories that can still grow, and how far they have come. */
export async function currentHistories(
  db: Db,
): Promise<readonly { readonly id: string; readonly version: number }[]> {
  return [
    ...(await db.selectFrom("account").select(["id", "version"]).execute()),
    ...(await db.selectFrom("environment").select(["id", "version"]).execute()),
    ...(await db.selectFrom("project").select(["id", "version"]).execute()),
  ];
}

export async function hashAt(
  db: Db,
  history: string,
  version: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("change")
    .select("hash")
    .where("history", "=", history)
    .where("version", "=", version)
    .executeTakeFirst();
  return row?.hash;
}

/** Every history that has rows, also of what has been deleted; each is found by one step in the index. */
export async function* everyHistory(db: Db): AsyncGenerator<string> {
  for (let last = ""; ; ) {
    const row = await db
      .selectFrom("change")
      .select("history")
      .where("history", ">", last)
      .orderBy("history")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return;
    yield row.history;
    last = row.history;
  }
}
