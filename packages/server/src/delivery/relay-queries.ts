import { hashSecret } from "../access/password.ts";
import type { Statement } from "../access/policy.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

/** A key under which a relay learns its environments. */
export type RelayKey = Tables["relay_key"];

/** By its key, or by the one from before a reset while that is still good. */
export async function findRelay(
  db: Db,
  secret: string,
  now: number,
): Promise<RelayKey | undefined> {
  const hash = hashSecret(secret);
  return db
    .selectFrom("relay_key")
    .selectAll()
    .where((eb) =>
      eb.or([
        eb("hash", "=", hash),
        eb.and([eb("former_hash", "=", hash), eb("former_expires_at", ">", now)]),
      ]),
    )
    .executeTakeFirst();
}

export async function getRelay(db: Db, id: string): Promise<RelayKey> {
  const relay = await db
    .selectFrom("relay_key")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  if (relay !== undefined) return relay;
  throw new DomainError("not_found", `no relay configuration "${id}"`);
}

export async function listRelays(db: Db): Promise<readonly RelayKey[]> {
  return db.selectFrom("relay_key").selectAll().orderBy("created_at").orderBy("id").execute();
}

export async function saveRelay(tx: Tx, relay: RelayKey): Promise<RelayKey> {
  const { id: _, created_at: __, ...settings } = relay;
  return tx
    .insertInto("relay_key")
    .values(relay)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(settings))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteRelay(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("relay_key").where("id", "=", id).execute();
}

export function policyOf({ policy }: Pick<RelayKey, "policy">): Statement[] {
  // Written by this server from its own types.
  return JSON.parse(policy) as Statement[];
}
