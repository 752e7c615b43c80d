import { z } from "zod";
import { nameOf } from "../members/member-queries.ts";
import type { Db } from "../storage/database.ts";
import { findTeam, listMembersOf, listTeams, type Team } from "../teams/team-queries.ts";
import { versionOf } from "./scim-user.ts";

export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const groupsPath = "/scim/v2/Groups";

/** What is taken of a group, which is a team here. */
export const ScimGroup = z.object({
  displayName: z.string().trim().min(1).max(256),
  externalId: z.string().max(256).optional(),
  members: z.array(z.object({ value: z.string() })).default([]),
});
export type ScimGroup = z.infer<typeof ScimGroup>;

export async function groupResource(db: Db, team: Team) {
  const members = await listMembersOf(db, team.id);
  const shown = {
    schemas: [groupSchema],
    id: team.id,
    ...(team.external_id === null ? {} : { externalId: team.external_id }),
    displayName: team.name,
    members: members.map((member) => ({
      value: member.id,
      display: nameOf(member),
      $ref: `/scim/v2/Users/${member.id}`,
    })),
  };
  const created = new Date(team.created_at).toISOString();
  const lastModified = new Date(team.updated_at).toISOString();
  const location = `${groupsPath}/${team.id}`;
  const version = versionOf(shown);
  return { ...shown, meta: { resourceType: "Group", created, lastModified, location, version } };
}

export async function groupResources(db: Db) {
  return Promise.all((await listTeams(db)).map((team) => groupResource(db, team)));
}

/** A key that no team has, after what the group is called. */
export async function freeTeamKey(db: Db, displayName: string): Promise<string> {
  const plain = displayName.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-");
  const base = plain.replaceAll(/^-+|-+$/gu, "").slice(0, 200) || "group";
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}-${number}`;
    if ((await findTeam(db, key)) === undefined) return key;
  }
}
