import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type Member = Tables["member"];

/** What the member is called where one line has to do. */
export function nameOf({ first_name, last_name, email }: Member): string {
  const name = `${first_name} ${last_name}`.trim();
  return name === "" ? email : name;
}

export async function listMembers(db: Db): Promise<readonly Member[]> {
  return db.selectFrom("member").selectAll().orderBy("created_at").orderBy("id").execute();
}

export async function findMember(db: Db, id: string): Promise<Member | undefined> {
  return db.selectFrom("member").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function getMember(db: Db, id: string): Promise<Member> {
  const member = await findMember(db, id);
  if (member !== undefined) return member;
  throw new DomainError("not_found", `no member "${id}"; list the members to find the id`);
}

export async function findMemberByEmail(db: Db, email: string): Promise<Member | undefined> {
  return db
    .selectFrom("member")
    .selectAll()
    .where("email", "=", email.toLowerCase())
    .executeTakeFirst();
}

export async function hasMember(db: Db): Promise<boolean> {
  return (await db.selectFrom("member").select("id").limit(1).executeTakeFirst()) !== undefined;
}

export async function saveMember(tx: Tx, member: Member): Promise<Member> {
  const { id: _, created_at: __, ...rest } = member;
  return tx
    .insertInto("member")
    .values(member)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteMember(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("member").where("id", "=", id).execute();
}

export async function countOwners(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom("member")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("role", "=", "owner")
    .where("is_active", "=", 1)
    .executeTakeFirstOrThrow();
  return count;
}
