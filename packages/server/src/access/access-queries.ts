import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type Member = Tables["member"];
export type Token = Tables["token"];

export async function findMemberByEmail(db: Db, email: string): Promise<Member | undefined> {
  return db
    .selectFrom("member")
    .selectAll()
    .where("email", "=", email.toLowerCase())
    .executeTakeFirst();
}

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

export async function insertMember(tx: Tx, member: Member): Promise<void> {
  await tx.insertInto("member").values(member).execute();
}

export async function insertSession(tx: Tx, session: Tables["session"]): Promise<void> {
  await tx.insertInto("session").values(session).execute();
}

export async function deleteSession(tx: Tx, hash: string): Promise<void> {
  await tx.deleteFrom("session").where("hash", "=", hash).execute();
}

export async function findToken(db: Db, hash: string): Promise<Token | undefined> {
  return db.selectFrom("token").selectAll().where("hash", "=", hash).executeTakeFirst();
}

export async function insertToken(tx: Tx, token: Token): Promise<void> {
  await tx.insertInto("token").values(token).execute();
}

export async function listTokens(db: Db): Promise<readonly Token[]> {
  return db.selectFrom("token").selectAll().orderBy("created_at").orderBy("id").execute();
}

/** False where there is none of that id. */
export async function deleteToken(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("token")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export async function hasMember(db: Db): Promise<boolean> {
  return (await db.selectFrom("member").select("id").limit(1).executeTakeFirst()) !== undefined;
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
