import { DomainError } from "../errors.ts";
import type { Member } from "../members/member-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type Token = Tables["token"];

export async function findMemberBySession(
  db: Db,
  hash: string,
  now: number,
): Promise<Member | undefined> {
  return db
    .selectFrom("session")
    .innerJoin("member", "member.id", "session.member_id")
    .selectAll("member")
    .where("session.hash", "=", hash)
    .where("session.expires_at", ">", now)
    .executeTakeFirst();
}

export async function insertSession(tx: Tx, session: Tables["session"]): Promise<void> {
  await tx.insertInto("session").values(session).execute();
}

export async function deleteSession(tx: Tx, hash: string): Promise<void> {
  await tx.deleteFrom("session").where("hash", "=", hash).execute();
}

/** Ends every session of a member, as where the password changes. */
export async function deleteSessionsOf(tx: Tx, memberId: string): Promise<void> {
  await tx.deleteFrom("session").where("member_id", "=", memberId).execute();
}

export async function findToken(db: Db, hash: string): Promise<Token | undefined> {
  return db.selectFrom("token").selectAll().where("hash", "=", hash).executeTakeFirst();
}

export async function findTokenById(db: Db, id: string): Promise<Token | undefined> {
  return db.selectFrom("token").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function getToken(db: Db, id: string): Promise<Token> {
  const token = await findTokenById(db, id);
  if (token !== undefined) return token;
  throw new DomainError("not_found", `no access token "${id}"`);
}

export async function saveToken(tx: Tx, token: Token): Promise<Token> {
  const { id: _, created_at: __, ...rest } = token;
  return tx
    .insertInto("token")
    .values(token)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function listTokens(db: Db): Promise<readonly Token[]> {
  return db.selectFrom("token").selectAll().orderBy("created_at").orderBy("id").execute();
}

export async function deleteToken(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("token").where("id", "=", id).execute();
}

export async function hasToken(db: Db): Promise<boolean> {
  return (await db.selectFrom("token").select("id").limit(1).executeTakeFirst()) !== undefined;
}

export async function insertSetupLink(tx: Tx, hash: string, at: number): Promise<void> {
  await tx.deleteFrom("setup_link").execute();
  await tx.insertInto("setup_link").values({ hash, created_at: at }).execute();
}

/** Uses a setup link up; false where it is not one. */
export async function takeSetupLink(tx: Tx, hash: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("setup_link")
    .where("hash", "=", hash)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
