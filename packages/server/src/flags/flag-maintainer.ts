import type { FlagState } from "@halyard/instructions";
import { DomainError } from "../errors.ts";
import { findMember, type Member } from "../members/member-queries.ts";
import type { Db } from "../storage/database.ts";
import { findTeam, type Team } from "../teams/team-queries.ts";

type Maintained = Pick<FlagState, "maintainerId" | "maintainerTeamKey">;

/** Those who look after flags, by their id or key; who is gone since is left out. */
export interface Maintainers {
  readonly members: ReadonlyMap<string, Member>;
  readonly teams: ReadonlyMap<string, Team>;
}

export async function maintainersOf(db: Db, flags: readonly Maintained[]): Promise<Maintainers> {
  const members = new Map<string, Member>();
  const teams = new Map<string, Team>();
  for (const id of new Set(flags.flatMap(({ maintainerId }) => maintainerId ?? []))) {
    const member = await findMember(db, id);
    if (member !== undefined) members.set(id, member);
  }
  for (const key of new Set(flags.flatMap(({ maintainerTeamKey }) => maintainerTeamKey ?? []))) {
    const team = await findTeam(db, key);
    if (team !== undefined) teams.set(key, team);
  }
  return { members, teams };
}

/** Ends a write that gives a flag to somebody who is not there. */
export async function refuseUnknownMaintainer(
  db: Db,
  { maintainerId, maintainerTeamKey }: Maintained,
  before: Maintained = {},
): Promise<void> {
  if (maintainerId !== undefined && maintainerTeamKey !== undefined) {
    throw new DomainError(
      "invalid_request",
      "a flag has one maintainer; give maintainerId or maintainerTeamKey, not both",
    );
  }
  if (
    maintainerId !== undefined &&
    maintainerId !== before.maintainerId &&
    (await findMember(db, maintainerId)) === undefined
  ) {
    throw new DomainError(
      "invalid_request",
      `the maintainer "${maintainerId}" is no member; list the members to find the id`,
    );
  }
  if (
    maintainerTeamKey !== undefined &&
    maintainerTeamKey !== before.maintainerTeamKey &&
    (await findTeam(db, maintainerTeamKey)) === undefined
  ) {
    throw new DomainError(
      "invalid_request",
      `the maintainer "${maintainerTeamKey}" is no team; check the key`,
    );
  }
}
