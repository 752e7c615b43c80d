import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type ContextKind = Tables["context_kind"];

/** The kind that every project begins with. */
export function userKind(projectId: string, at: number): ContextKind {
  return {
    project_id: projectId,
    key: "user",
    name: "User",
    description: "",
    version: 1,
    created_at: at,
    updated_at: at,
    last_seen_at: null,
    created_from: "default",
    hide_in_targeting: 0,
    archived: 0,
  };
}

export async function listKinds(db: Db, projectId: string): Promise<readonly ContextKind[]> {
  return db
    .selectFrom("context_kind")
    .selectAll()
    .where("project_id", "=", projectId)
    .orderBy("created_at")
    .orderBy("key")
    .execute();
}

export async function findKind(
  db: Db,
  projectId: string,
  key: string,
): Promise<ContextKind | undefined> {
  return db
    .selectFrom("context_kind")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("key", "=", key)
    .executeTakeFirst();
}

export async function insertKind(tx: Tx, kind: ContextKind): Promise<void> {
  await tx.insertInto("context_kind").values(kind).execute();
}

export async function updateKind(tx: Tx, kind: ContextKind): Promise<void> {
  const { project_id, key, created_at: _, created_from: __, ...changing } = kind;
  await tx
    .updateTable("context_kind")
    .set(changing)
    .where("project_id", "=", project_id)
    .where("key", "=", key)
    .execute();
}
