import type { BigSegmentMembership } from "@halyard/instructions";
import type { Db, Tx } from "../storage/database.ts";

/** A statement of SQLite takes a bounded number of values. */
const keysAtOnce = 500;

export interface BigSegment {
  readonly environmentId: string;
  readonly segmentKey: string;
}

/** How the given contexts stand to a big segment. */
export async function findMembership(
  db: Db,
  { environmentId, segmentKey }: BigSegment,
  contextKeys: readonly string[],
): Promise<BigSegmentMembership> {
  const found = { included: new Set<string>(), excluded: new Set<string>() };
  for (const keys of inPortions(contextKeys)) {
    const rows = await db
      .selectFrom("big_segment_member")
      .selectAll()
      .where("environment_id", "=", environmentId)
      .where("segment_key", "=", segmentKey)
      .where("context_key", "in", keys)
      .execute();
    for (const { context_key, included, excluded } of rows) {
      if (included === 1) found.included.add(context_key);
      if (excluded === 1) found.excluded.add(context_key);
    }
  }
  return found;
}

/** Keeps how the given contexts stand to a big segment; nothing is kept of one that is not listed. */
export async function saveMembership(
  tx: Tx,
  { environmentId, segmentKey }: BigSegment,
  { contextKeys, membership }: { contextKeys: readonly string[]; membership: BigSegmentMembership },
): Promise<void> {
  for (const keys of inPortions(contextKeys)) {
    await tx
      .deleteFrom("big_segment_member")
      .where("environment_id", "=", environmentId)
      .where("segment_key", "=", segmentKey)
      .where("context_key", "in", keys)
      .execute();
    const rows = keys
      .map((key) => ({
        environment_id: environmentId,
        segment_key: segmentKey,
        context_key: key,
        included: membership.included.has(key) ? 1 : 0,
        excluded: membership.excluded.has(key) ? 1 : 0,
      }))
      .filter(({ included, excluded }) => included + excluded > 0);
    if (rows.length > 0) await tx.insertInto("big_segment_member").values(rows).execute();
  }
}

/** How many contexts a big segment lists. */
export async function countMembers(
  db: Db,
  { environmentId, segmentKey }: BigSegment,
): Promise<{ readonly included: number; readonly excluded: number }> {
  const { included, excluded } = await db
    .selectFrom("big_segment_member")
    .select((eb) => [
      eb.fn.coalesce(eb.fn.sum<number>("included"), eb.val(0)).as("included"),
      eb.fn.coalesce(eb.fn.sum<number>("excluded"), eb.val(0)).as("excluded"),
    ])
    .where("environment_id", "=", environmentId)
    .where("segment_key", "=", segmentKey)
    .executeTakeFirstOrThrow();
  return { included: Number(included), excluded: Number(excluded) };
}

/** The big segments that list a context: true where as a member, false where only as none. */
export async function findSegmentsOfContext(
  db: Db,
  environmentId: string,
  contextKey: string,
): Promise<ReadonlyMap<string, boolean>> {
  const rows = await db
    .selectFrom("big_segment_member")
    .select(["segment_key", "included"])
    .where("environment_id", "=", environmentId)
    .where("context_key", "=", contextKey)
    .execute();
  // Who is in both lists is a member: inclusion wins.
  return new Map(rows.map(({ segment_key, included }) => [segment_key, included === 1]));
}

function inPortions(keys: readonly string[]): string[][] {
  const portions: string[][] = [];
  for (let at = 0; at < keys.length; at += keysAtOnce) {
    portions.push(keys.slice(at, at + keysAtOnce));
  }
  return portions;
}

export interface BigSegmentMember {
  readonly contextKey: string;
  readonly segmentKey: string;
  readonly generation: number;
  readonly isIncluded: boolean;
  readonly isExcluded: boolean;
}

/** Everybody whom the big segments of an environment list. */
export async function listMembers(
  db: Db,
  environmentId: string,
): Promise<readonly BigSegmentMember[]> {
  const rows = await db
    .selectFrom("big_segment_member")
    .selectAll()
    .where("environment_id", "=", environmentId)
    .execute();
  // A big segment has one generation as long as it lives: its members are never thrown away at once.
  return rows.map(({ context_key, segment_key, included, excluded }) => ({
    contextKey: context_key,
    segmentKey: segment_key,
    generation: 1,
    isIncluded: included === 1,
    isExcluded: excluded === 1,
  }));
}

/** Lists in an environment's big segments whoever is listed in those of another one. */
export async function copyMembers(
  tx: Tx,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx
    .insertInto("big_segment_member")
    .columns(["environment_id", "segment_key", "context_key", "included", "excluded"])
    .expression((eb) =>
      eb
        .selectFrom("big_segment_member")
        .where("environment_id", "=", from)
        .select(({ val }) => [
          val(to).as("environment_id"),
          "segment_key",
          "context_key",
          "included",
          "excluded",
        ]),
    )
    .execute();
}
