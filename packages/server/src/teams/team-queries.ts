import { DomainError } from "../errors.ts";
import type { Member } from "../members/member-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type Team = Tables["team"];
type TeamMembership = Team & Pick<Tables["team_member"], "is_maintainer">;

export async function listTeams(db: Db): Promise<readonly Team[]> {
  return db.selectFrom("team").selectAll().orderBy("name").orderBy("key").execute();
}

export async function findTeam(db: Db, key: string): Promise<Team | undefined> {
  return db.selectFrom("team").selectAll().where("key", "=", key).executeTakeFirst();
}

export async function getTeam(db: Db, key: string): Promise<Team> {
  const team = await findTeam(db, key);
  if (team !== undefined) return team;
  throw new DomainError("not_found", `no team "${key}"; check the spelling`);
}

export async function getTeamById(db: Db, id: string): Promise<Team> {
  const team = await db.selectFrom("team").selectAll().where("id", "=", id).executeTakeFirst();
  if (team !== undefined) return team;
  throw new DomainError("not_found", `no team of the id "${id}"; list them to find it`);
}

/** The teams that a member is in. */
export async function listTeamsOf(db: Db, memberId: string): Promise<readonly TeamMembership[]> {
  return db
    .selectFrom("team_member")
    .innerJoin("team", "team.id", "team_member.team_id")
    .selectAll("team")
    .select("team_member.is_maintainer")
    .where("team_member.member_id", "=", memberId)
    .orderBy("team.key")
    .execute();
}

export async function listMembersOf(
  db: Db,
  teamId: string,
): Promise<readonly (Member & { readonly is_maintainer: number })[]> {
  return db
    .selectFrom("team_member")
    .innerJoin("member", "member.id", "team_member.member_id")
    .selectAll("member")
    .select("team_member.is_maintainer")
    .where("team_member.team_id", "=", teamId)
    .orderBy("member.email")
    .execute();
}

export async function saveTeam(tx: Tx, team: Team): Promise<Team> {
  const { id: _, key: __, created_at: ___, ...rest } = team;
  return tx
    .insertInto("team")
    .values(team)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Puts members into a team, as plain ones or maintainers, or takes them out. */
export async function setMembership(
  tx: Tx,
  { teamId, memberIds }: { teamId: string; memberIds: readonly string[] },
  as: "member" | "maintainer" | "nothing",
): Promise<void> {
  for (const member_id of memberIds) {
    if (as === "nothing") {
      await tx
        .deleteFrom("team_member")
        .where("team_id", "=", teamId)
        .where("member_id", "=", member_id)
        .execute();
      continue;
    }
    const is_maintainer = as === "maintainer" ? 1 : 0;
    await tx
      .insertInto("team_member")
      .values({ team_id: teamId, member_id, is_maintainer })
      .onConflict((conflict) =>
        conflict.columns(["team_id", "member_id"]).doUpdateSet({ is_maintainer }),
      )
      .execute();
  }
}

export async function deleteTeam(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("team").where("id", "=", id).execute();
}
