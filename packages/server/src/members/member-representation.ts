import { attributesFrom, listFrom } from "../access/member-policies.ts";
import { linkTo } from "../http/paging.ts";
import { rolesWithIds } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { listTeamsOf } from "../teams/team-queries.ts";
import type { Member } from "./member-queries.ts";

export const membersPath = "/api/v2/members";

export async function memberRepresentation(db: Db, member: Member): Promise<object> {
  const teams = await listTeamsOf(db, member.id);
  return {
    ...memberSummary(member),
    _pendingInvite: member.password === "",
    _verified: member.password !== "",
    customRoles: listFrom(member.custom_roles),
    roleAttributes: attributesFrom(member.role_attributes),
    mfa: "disabled",
    _lastSeen: member.last_seen_at,
    creationDate: member.created_at,
    teams: await Promise.all(
      teams.map(async ({ key, name, custom_roles }) => ({
        key,
        name,
        customRoleKeys: (await rolesWithIds(db, listFrom(custom_roles))).map((role) => role.key),
        _links: { self: linkTo(`/api/v2/teams/${key}`) },
      })),
    ),
    permissionGrants: teams
      .filter(({ is_maintainer }) => is_maintainer === 1)
      .map(({ key }) => ({ actionSet: "maintainTeam", resource: `team/${key}` })),
  };
}

/** A member as other things show who it was. */
export function memberSummary(member: Member) {
  return {
    _id: member.id,
    firstName: member.first_name,
    lastName: member.last_name,
    role: member.role,
    email: member.email,
    _links: { self: linkTo(`${membersPath}/${member.id}`) },
  };
}
