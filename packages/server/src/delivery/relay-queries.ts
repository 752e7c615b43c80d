import { hashSecret } from "../access/password.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

/** A key under which a relay learns its environments. */
export type RelayKey = Tables["relay_key"];

export async function findRelay(db: Db, secret: string): Promise<RelayKey | undefined> {
  return db
    .selectFrom("relay_key")
    .selectAll()
    .where("hash", "=", hashSecret(secret))
    .executeTakeFirst();
}

export async function listRelays(db: Db): Promise<readonly RelayKey[]> {
  return db.selectFrom("relay_key").selectAll().orderBy("created_at").execute();
}

export async function insertRelay(tx: Tx, relay: RelayKey): Promise<void> {
  await tx.insertInto("relay_key").values(relay).execute();
}

export async function deleteRelay(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("relay_key").where("id", "=", id).execute();
}
