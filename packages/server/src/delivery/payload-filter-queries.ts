import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import type { PayloadFilter } from "./payload-filter.ts";

export type StoredFilter = Tables["payload_filter"];

export async function listFilters(db: Db, projectId: string): Promise<readonly StoredFilter[]> {
  return db
    .selectFrom("payload_filter")
    .selectAll()
    .where("project_id", "=", projectId)
    .orderBy("key")
    .execute();
}

/** The filter of a key; undefined where none is asked for. */
export async function wantedFilter(
  db: Db,
  projectId: string,
  key: string | undefined,
): Promise<PayloadFilter | undefined> {
  if (key === undefined) return undefined;
  const filter = (await listFilters(db, projectId)).find((one) => one.key === key);
  if (filter !== undefined) return { id: filter.id, flagKeys: flagKeysOf(filter) };
  throw new DomainError("not_found", `the project has no payload filter "${key}"; make it first`);
}

export function flagKeysOf({ flag_keys }: StoredFilter): readonly string[] {
  return JSON.parse(flag_keys) as string[]; // Written by this server.
}

export async function insertFilter(tx: Tx, filter: StoredFilter): Promise<void> {
  await tx.insertInto("payload_filter").values(filter).execute();
}

export async function deleteFilter(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("payload_filter").where("id", "=", id).execute();
}
