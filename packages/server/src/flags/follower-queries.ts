import type { Member } from "../members/member-queries.ts";
import type { Db, Tx } from "../storage/database.ts";

/** A member who follows a flag in an environment. */
export type Follower = Member & { readonly flag_key: string };

interface Place {
  readonly environmentId: string;
  /** All flags of the environment where it is absent. */
  readonly flagKey?: string;
}

export async function listFollowers(
  db: Db,
  { environmentId, flagKey }: Place,
): Promise<readonly Follower[]> {
  const followers = db
    .selectFrom("flag_follower")
    .innerJoin("member", "member.id", "flag_follower.member_id")
    .selectAll("member")
    .select("flag_follower.flag_key")
    .where("flag_follower.environment_id", "=", environmentId)
    .orderBy("flag_follower.flag_key")
    .orderBy("member.email");
  return flagKey === undefined
    ? followers.execute()
    : followers.where("flag_follower.flag_key", "=", flagKey).execute();
}

interface Following {
  readonly projectId: string;
  readonly environmentId: string;
  readonly flagKey: string;
  readonly memberId: string;
}

/** False where the member follows the flag already. */
export async function insertFollower(
  tx: Tx,
  { projectId, environmentId, flagKey, memberId }: Following,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("flag_follower")
    .values({
      project_id: projectId,
      environment_id: environmentId,
      flag_key: flagKey,
      member_id: memberId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** False where the member does not follow the flag. */
export async function deleteFollower(
  tx: Tx,
  { environmentId, flagKey, memberId }: Following,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("flag_follower")
    .where("environment_id", "=", environmentId)
    .where("flag_key", "=", flagKey)
    .where("member_id", "=", memberId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
