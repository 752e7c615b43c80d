import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

type Invitation = Tables["invitation"];

/** A member has one link at a time. */
export async function insertInvitation(tx: Tx, invitation: Invitation): Promise<void> {
  await tx.deleteFrom("invitation").where("member_id", "=", invitation.member_id).execute();
  await tx.insertInto("invitation").values(invitation).execute();
}

export async function findInvitation(
  db: Db,
  hash: string,
  now: number,
): Promise<Invitation | undefined> {
  return db
    .selectFrom("invitation")
    .selectAll()
    .where("hash", "=", hash)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

export async function deleteInvitation(tx: Tx, hash: string): Promise<void> {
  await tx.deleteFrom("invitation").where("hash", "=", hash).execute();
}
