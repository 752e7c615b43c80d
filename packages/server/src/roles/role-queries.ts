import type { Statement } from "../access/policy.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type Role = Tables["role"];

export async function listRoles(db: Db): Promise<readonly Role[]> {
  return db.selectFrom("role").selectAll().orderBy("name").orderBy("key").execute();
}

/** By key or by id, since clients name roles by either. */
export async function findRole(db: Db, keyOrId: string): Promise<Role | undefined> {
  return db
    .selectFrom("role")
    .selectAll()
    .where((eb) => eb.or([eb("key", "=", keyOrId), eb("id", "=", keyOrId)]))
    .executeTakeFirst();
}

export async function getRole(db: Db, keyOrId: string): Promise<Role> {
  const role = await findRole(db, keyOrId);
  if (role !== undefined) return role;
  throw new DomainError("not_found", `no custom role "${keyOrId}"; check the spelling`);
}

/** The ids of roles that are named by key or id; throws where one is not there. */
export async function idsOfRoles(db: Db, keysOrIds: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const name of new Set(keysOrIds)) {
    const role = await findRole(db, name);
    if (role === undefined) {
      throw new DomainError(
        "invalid_request",
        `there is no custom role "${name}"; make it first, or check the spelling`,
      );
    }
    ids.push(role.id);
  }
  return ids;
}

export async function rolesWithIds(db: Db, ids: readonly string[]): Promise<readonly Role[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom("role")
    .selectAll()
    .where("id", "in", [...ids])
    .execute();
}

export async function saveRole(tx: Tx, role: Role): Promise<Role> {
  const { id: _, key: __, created_at: ___, ...settings } = role;
  return tx
    .insertInto("role")
    .values(role)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(settings))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteRole(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("role").where("id", "=", id).execute();
}

/** How many members and teams have the role. */
export async function countHolders(
  db: Db,
  id: string,
): Promise<{ readonly members: number; readonly teams: number }> {
  const count = async (table: "member" | "team"): Promise<number> => {
    const { count: found } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("custom_roles", "like", `%"${id}"%`)
      .executeTakeFirstOrThrow();
    return found;
  };
  return { members: await count("member"), teams: await count("team") };
}

export function statementsOf({ policy }: Pick<Role, "policy">): readonly Statement[] {
  // Written by this server from its own types.
  return JSON.parse(policy) as readonly Statement[];
}
