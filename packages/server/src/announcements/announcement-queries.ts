import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type Announcement = Tables["announcement"];

/** The newest first. */
export async function listAnnouncements(db: Db): Promise<readonly Announcement[]> {
  return db
    .selectFrom("announcement")
    .selectAll()
    .orderBy("starts_at", "desc")
    .orderBy("id")
    .execute();
}

export async function getAnnouncement(db: Db, id: string): Promise<Announcement> {
  const found = await db
    .selectFrom("announcement")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  if (found !== undefined) return found;
  throw new DomainError("not_found", `there is no announcement with the id "${id}"`);
}

export async function saveAnnouncement(tx: Tx, announcement: Announcement): Promise<void> {
  const { id: _, created_at: __, ...settings } = announcement;
  await tx
    .insertInto("announcement")
    .values(announcement)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(settings))
    .execute();
}

export async function deleteAnnouncement(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("announcement").where("id", "=", id).execute();
}
