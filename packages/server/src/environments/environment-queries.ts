import type { Flag, Segment } from "@halyard/evaluation";
import { sql } from "kysely";
import type { Item } from "../changes/feed.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type Environment = Tables["environment"];

export async function listEnvironments(db: Db, projectId: string): Promise<readonly Environment[]> {
  return (
    db
      .selectFrom("environment")
      .selectAll()
      .where("project_id", "=", projectId)
      // As they were created: environments made together share their time.
      .orderBy(sql`rowid`)
      .execute()
  );
}

export async function findEnvironment(
  db: Db,
  projectId: string,
  key: string,
): Promise<Environment | undefined> {
  return db
    .selectFrom("environment")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("key", "=", key)
    .executeTakeFirst();
}

export async function findEnvironmentBySdkKey(
  db: Db,
  sdkKey: string,
): Promise<Environment | undefined> {
  return db.selectFrom("environment").selectAll().where("sdk_key", "=", sdkKey).executeTakeFirst();
}

export async function insertEnvironment(tx: Tx, environment: Environment): Promise<void> {
  await tx.insertInto("environment").values(environment).execute();
}

/** Everything an environment serves, deletions included, as of its version. */
export interface EnvironmentState {
  readonly environmentId: string;
  readonly epoch: string;
  readonly version: number;
  readonly items: readonly Item[];
}

export async function loadEnvironment(db: Db, environmentId: string): Promise<EnvironmentState> {
  // One transaction, so that the version is the one that the items are as of.
  return db.transaction().execute(async (tx) => {
    const { epoch, version } = await tx
      .selectFrom("environment")
      .select(["epoch", "version"])
      .where("id", "=", environmentId)
      .executeTakeFirstOrThrow();
    const rows = await tx
      .selectFrom("item")
      .selectAll()
      .where("environment_id", "=", environmentId)
      .execute();
    const items = rows.map(({ kind, key, version: at, body }) => ({
      kind,
      key,
      version: at,
      // Written by this server from its own types.
      body: body === null ? undefined : (JSON.parse(body) as Flag | Segment),
    }));
    return { environmentId, epoch, version, items };
  });
}

/** The version and time of the items of a kind, by key. */
export async function itemVersions(
  db: Db,
  { environmentId, kind, keys }: { environmentId: string; kind: Item["kind"]; keys: string[] },
): Promise<ReadonlyMap<string, { readonly version: number; readonly updatedAt: number }>> {
  const rows = await db
    .selectFrom("item")
    .select(["key", "version", "updated_at"])
    .where("environment_id", "=", environmentId)
    .where("kind", "=", kind)
    .where("key", "in", keys)
    .execute();
  return new Map(
    rows.map(({ key, version, updated_at }) => [key, { version, updatedAt: updated_at }]),
  );
}
