import type { Flag, Segment } from "@halyard/evaluation";
import { sql } from "kysely";
import type { Item } from "../changes/feed.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import { columnsOfSettings, settingsOf } from "./environment.ts";

export type Environment = Tables["environment"];
export type EnvironmentKey = Tables["environment_key"];

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

export async function findEnvironmentById(db: Db, id: string): Promise<Environment | undefined> {
  return db.selectFrom("environment").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The environment that a key opens now, and until when. */
export async function findEnvironmentByKey(
  db: Db,
  { kind, secret, now }: { kind: EnvironmentKey["kind"]; secret: string; now: number },
): Promise<{ environment: Environment; expiresAt: number | null } | undefined> {
  const environment = await db
    .selectFrom("environment")
    .selectAll()
    .where(kind === "sdk" ? "sdk_key" : "mobile_key", "=", secret)
    .executeTakeFirst();
  if (environment !== undefined) return { environment, expiresAt: null };
  const key = await db
    .selectFrom("environment_key")
    .selectAll()
    .where("secret", "=", secret)
    .where("kind", "=", kind)
    .executeTakeFirst();
  if (key === undefined || (key.expires_at !== null && key.expires_at <= now)) return undefined;
  const other = await findEnvironmentById(db, key.environment_id);
  return other && { environment: other, expiresAt: key.expires_at };
}

/** Every SDK key that opens an environment now. */
export async function listSdkKeys(
  db: Db,
  environment: Environment,
  now: number,
): Promise<readonly string[]> {
  const others = (await listKeys(db, environment.id)).filter(
    ({ kind, expires_at }) => kind === "sdk" && (expires_at === null || expires_at > now),
  );
  return [environment.sdk_key, ...others.map(({ secret }) => secret)];
}

/** SDK keys that have been reset and still hold, the one that holds longest first. */
export async function listFormerSdkKeys(
  db: Db,
  environmentId: string,
  now: number,
): Promise<readonly EnvironmentKey[]> {
  return db
    .selectFrom("environment_key")
    .selectAll()
    .where("environment_id", "=", environmentId)
    .where("kind", "=", "sdk")
    .where("expires_at", ">", now)
    .orderBy("expires_at", "desc")
    .execute();
}

export async function listKeys(db: Db, environmentId: string): Promise<readonly EnvironmentKey[]> {
  return db
    .selectFrom("environment_key")
    .selectAll()
    .where("environment_id", "=", environmentId)
    .orderBy("created_at")
    .execute();
}

export async function insertKey(tx: Tx, key: EnvironmentKey): Promise<void> {
  await tx.insertInto("environment_key").values(key).execute();
}

/** False where the environment has no such key. */
export async function deleteKey(tx: Tx, environmentId: string, secret: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("environment_key")
    .where("environment_id", "=", environmentId)
    .where("secret", "=", secret)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Keeps what people may change; the version and the epoch move on their own. */
export async function updateEnvironment(tx: Tx, environment: Environment): Promise<Environment> {
  const { id, sdk_key, mobile_key } = environment;
  return tx
    .updateTable("environment")
    .set({ ...columnsOfSettings(settingsOf(environment)), sdk_key, mobile_key })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What belongs to the environment goes with it. */
export async function deleteEnvironment(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("environment").where("id", "=", id).execute();
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
    // One value however many keys there are: each parameter costs, and their number is limited.
    .where("key", "in", sql<string>`(select value from json_each(${JSON.stringify(keys)}))`)
    .execute();
  return new Map(
    rows.map(({ key, version, updated_at }) => [key, { version, updatedAt: updated_at }]),
  );
}
