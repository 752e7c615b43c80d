import type { SegmentState } from "@halyard/instructions";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";

export interface StoredSegment {
  readonly state: SegmentState;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export async function listSegments(
  db: Db,
  environmentId: string,
): Promise<readonly StoredSegment[]> {
  const rows = await db
    .selectFrom("segment")
    .selectAll()
    .where("environment_id", "=", environmentId)
    .orderBy("key")
    .execute();
  return rows.map(storedSegment);
}

export async function findSegment(
  db: Db,
  environmentId: string,
  key: string,
): Promise<StoredSegment | undefined> {
  const row = await db
    .selectFrom("segment")
    .selectAll()
    .where("environment_id", "=", environmentId)
    .where("key", "=", key)
    .executeTakeFirst();
  return row && storedSegment(row);
}

export async function getSegment(
  db: Db,
  environmentId: string,
  key: string,
): Promise<StoredSegment> {
  const segment = await findSegment(db, environmentId, key);
  if (segment !== undefined) return segment;
  throw new DomainError("not_found", `no segment "${key}" in this environment; check the spelling`);
}

/** The segments of which a target's time has come. */
export async function listExpiredSegments(
  db: Db,
  now: number,
): Promise<readonly { projectKey: string; environmentKey: string; segmentKey: string }[]> {
  return db
    .selectFrom("segment")
    .innerJoin("environment", "environment.id", "segment.environment_id")
    .innerJoin("project", "project.id", "environment.project_id")
    .select([
      "project.key as projectKey",
      "environment.key as environmentKey",
      "segment.key as segmentKey",
    ])
    .where("segment.expires_at", "<=", now)
    .execute();
}

export async function saveSegment(
  tx: Tx,
  environmentId: string,
  segment: SegmentState,
  at: number,
): Promise<StoredSegment> {
  const body = JSON.stringify(segment);
  const times = (segment.expiringTargets ?? []).map(({ expiresAt }) => expiresAt);
  const expires_at = times.length === 0 ? null : Math.min(...times);
  const row = await tx
    .insertInto("segment")
    .values({
      environment_id: environmentId,
      key: segment.key,
      version: 1,
      created_at: at,
      updated_at: at,
      body,
      expires_at,
    })
    .onConflict((conflict) =>
      conflict.columns(["environment_id", "key"]).doUpdateSet((eb) => ({
        body,
        updated_at: at,
        expires_at,
        version: eb("segment.version", "+", 1),
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return storedSegment(row);
}

export async function deleteSegment(tx: Tx, environmentId: string, key: string): Promise<void> {
  await tx
    .deleteFrom("segment")
    .where("environment_id", "=", environmentId)
    .where("key", "=", key)
    .execute();
}

function storedSegment(row: {
  body: string;
  version: number;
  created_at: number;
  updated_at: number;
}): StoredSegment {
  // Written by this server from its own types.
  const state = JSON.parse(row.body) as SegmentState;
  return { state, version: row.version, createdAt: row.created_at, updatedAt: row.updated_at };
}
