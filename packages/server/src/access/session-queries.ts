import type { Member } from "../members/member-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import { hashSecret } from "./password.ts";

/** How long a session lasts that nobody uses. */
const idleMs = 12 * 3_600_000;

export type Session = Tables["session"];

/** The session of a secret, and whose it is; undefined where it has ended. */
export async function findSession(
  db: Db,
  secret: string,
  now: number,
): Promise<{ readonly session: Session; readonly member: Member } | undefined> {
  const session = await db
    .selectFrom("session")
    .selectAll()
    .where("hash", "=", hashSecret(secret))
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", now - idleMs)
    .executeTakeFirst();
  if (session === undefined) return undefined;
  const member = await db
    .selectFrom("member")
    .selectAll()
    .where("id", "=", session.member_id)
    .where("is_active", "=", 1)
    .executeTakeFirst();
  return member === undefined ? undefined : { session, member };
}

/** The sessions of a member that have not ended, the newest first. */
export async function listSessions(
  db: Db,
  memberId: string,
  now: number,
): Promise<readonly Session[]> {
  return db
    .selectFrom("session")
    .selectAll()
    .where("member_id", "=", memberId)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", now - idleMs)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
}

export async function insertSession(tx: Tx, session: Session): Promise<void> {
  await tx.insertInto("session").values(session).execute();
}

/** Ends the session of a secret. */
export async function deleteSession(tx: Tx, secret: string): Promise<void> {
  await tx.deleteFrom("session").where("hash", "=", hashSecret(secret)).execute();
}

/** Ends one of a member's sessions; false where there is none of that id. */
export async function deleteSessionOf(tx: Tx, memberId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("session")
    .where("member_id", "=", memberId)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Ends every session of a member, as where the password changes. */
export async function deleteSessionsOf(tx: Tx, memberId: string): Promise<void> {
  await tx.deleteFrom("session").where("member_id", "=", memberId).execute();
}

/** Removes what has ended; nobody can come in by it any more anyway. */
export async function deleteEndedSessions(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom("session")
    .where((eb) => eb.or([eb("expires_at", "<=", now), eb("last_seen_at", "<=", now - idleMs)]))
    .execute();
}
