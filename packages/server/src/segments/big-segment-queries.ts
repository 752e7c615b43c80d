import type { BigSegmentMembership } from "@halyard/instructions";
import { sql } from "kysely";
import type { Db, Tx } from "../storage/database.ts";

/** A statement of SQLite takes a bounded number of values. */
const keysAtOnce = 500;

export interface BigSegment {
  readonly environmentId: string;
  readonly segmentKey: string;
  /** Which of its generations is meant. */
  readonly generation: number;
}

/** How the given contexts stand to a big segment. */
export async function findMembership(
  db: Db,
  { environmentId, segmentKey, generation }: BigSegment,
  contextKeys: readonly string[],
): Promise<BigSegmentMembership> {
  const found = { included: new Set<string>(), excluded: new Set<string>() };
  for (const keys of inPortions(contextKeys)) {
    const rows = await db
      .selectFrom("big_segment_member")
      .selectAll()
      .where("environment_id", "=", environmentId)
      .where("segment_key", "=", segmentKey)
      .where("generation", "=", generation)
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
  { environmentId, segmentKey, generation }: BigSegment,
  { contextKeys, membership }: { contextKeys: readonly string[]; membership: BigSegmentMembership },
): Promise<void> {
  for (const keys of inPortions(contextKeys)) {
    await tx
      .deleteFrom("big_segment_member")
      .where("environment_id", "=", environmentId)
      .where("segment_key", "=", segmentKey)
      .where("generation", "=", generation)
      .where("context_key", "in", keys)
      .execute();
    const rows = keys
      .map((key) => ({
        environment_id: environmentId,
        segment_key: segmentKey,
        generation,
        context_key: key,
        included: membership.included.has(key) ? 1 : 0,
        excluded: membership.excluded.has(key) ? 1 : 0,
      }))
      .filter(({ included, excluded }) => included + excluded > 0);
    if (rows.length > 0) await tx.insertInto("big_segment_member").values(rows).execute();
  }
}

/** Lists contexts, beside how they are listed already. One statement, for they come by the thousand. */
export async function addMembers(
  tx: Tx,
  { environmentId, segmentKey, generation }: BigSegment,
  members: readonly Pick<BigSegmentMember, "contextKey" | "isIncluded" | "isExcluded">[],
): Promise<void> {
  const rows = members.map(({ contextKey, isIncluded, isExcluded }) => [
    contextKey,
    isIncluded ? 1 : 0,
    isExcluded ? 1 : 0,
  ]);
  await sql`
    insert into big_segment_member
      (environment_id, segment_key, generation, context_key, included, excluded)
    select ${environmentId}, ${segmentKey}, ${generation}, value ->> 0, value ->> 1, value ->> 2
    from json_each(${JSON.stringify(rows)}) where true
    on conflict do update set included = max(included, excluded.included),
      excluded = max(excluded, excluded.excluded)`.execute(tx);
}

/** How many contexts a big segment lists. */
export async function countMembers(
  db: Db,
  { environmentId, segmentKey, generation }: BigSegment,
): Promise<{ readonly included: number; readonly excluded: number }> {
  const { included, excluded } = await db
    .selectFrom("big_segment_member")
    .select((eb) => [
      eb.fn.coalesce(eb.fn.sum<number>("included"), eb.val(0)).as("included"),
      eb.fn.coalesce(eb.fn.sum<number>("excluded"), eb.val(0)).as("excluded"),
    ])
    .where("environment_id", "=", environmentId)
    .where("segment_key", "=", segmentKey)
    .where("generation", "=", generation)
    .executeTakeFirstOrThrow();
  return { included: Number(included), excluded: Number(excluded) };
}

/**
 * What the big segments of an environment say of a context, by `KEY.gGENERATION`: true where it is a
 * member, false where it is listed as none.
 */
export async function findMembershipsOf(
  db: Db,
  environmentId: string,
  contextKey: string,
): Promise<Readonly<Record<string, boolean>>> {
  const rows = await db
    .selectFrom("big_segment_member")
    .select(["segment_key", "generation", "included"])
    .where("environment_id", "=", environmentId)
    .where("context_key", "=", contextKey)
    .execute();
  // Who is in both lists is a member: inclusion wins.
  return Object.fromEntries(
    rows.map((row) => [`${row.segment_key}.g${row.generation}`, row.included === 1]),
  );
}

/** The next members after a key, in the order of their keys. */
export async function listMembersAfter(
  db: Db,
  { environmentId, segmentKey, generation }: BigSegment,
  { after, limit }: { after: string; limit: number },
): Promise<readonly Omit<BigSegmentMember, "segmentKey" | "generation">[]> {
  const rows = await db
    .selectFrom("big_segment_member")
    .select(["context_key", "included", "excluded"])
    .where("environment_id", "=", environmentId)
    .where("segment_key", "=", segmentKey)
    .where("generation", "=", generation)
    .where("context_key", ">", after)
    .orderBy("context_key")
    .limit(limit)
    .execute();
  return rows.map(({ context_key, included, excluded }) => ({
    contextKey: context_key,
    isIncluded: included === 1,
    isExcluded: excluded === 1,
  }));
}

/** Drops some of the members of a generation; false where there are none left. */
export async function deleteSomeMembers(
  tx: Tx,
  { environmentId, segmentKey, generation }: BigSegment,
  limit: number,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("big_segment_member")
    .where("environment_id", "=", environmentId)
    .where("segment_key", "=", segmentKey)
    .where("generation", "=", generation)
    .where("context_key", "in", (query) =>
      query
        .selectFrom("big_segment_member")
        .select("context_key")
        .where("environment_id", "=", environmentId)
        .where("segment_key", "=", segmentKey)
        .where("generation", "=", generation)
        .limit(limit),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows) === limit;
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
  return rows.map(({ context_key, segment_key, generation, included, excluded }) => ({
    contextKey: context_key,
    segmentKey: segment_key,
    generation,
    isIncluded: included === 1,
    isExcluded: excluded === 1,
  }));
}

/** Lists in an environment's big segments whoever is listed in those of another one. */
export async function copyMembers(
  tx: Tx,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await sql`
    insert into big_segment_member
      (environment_id, segment_key, generation, context_key, included, excluded)
    select ${to}, segment_key, generation, context_key, included, excluded
    from big_segment_member join segment
      on segment.environment_id = big_segment_member.environment_id and segment.key = segment_key
    where big_segment_member.environment_id = ${from}
      and generation = json_extract(segment.body, '$.generation')`.execute(tx);
}
