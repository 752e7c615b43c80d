import { z } from "zod";
import { attributesFrom, listFrom } from "../access/member-policies.ts";
import { hasSecondFactor } from "../access/second-factor-queries.ts";
import { Link, linkTo } from "../http/paging.ts";
import { rolesWithIds } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { listTeamsOf } from "../teams/team-queries.ts";
import { RoleAttributes } from "./member.ts";
import type { Member } from "./member-queries.ts";

export const membersPath = "/api/v2/members";

export const MemberSummary = z
  .object({
    _id: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    role: z.string().describe("The base role."),
    email: z.string(),
    _links: z.object({ self: Link }),
  })
  .meta({ id: "MemberSummary" });

const MemberTeam = z
  .object({
    key: z.string(),
    name: z.string(),
    customRoleKeys: z.array(z.string()),
    _links: z.record(z.string(), Link),
  })
  .meta({ id: "MemberTeamSummaryRep" });

const Grant = z
  .object({ actionSet: z.string(), resource: z.string() })
  .meta({ id: "MemberPermissionGrantSummaryRep" });

export const MemberRepresentation = MemberSummary.extend({
  _pendingInvite: z.boolean().describe("Whether the member has yet to come in for the first time."),
  _verified: z.boolean(),
  customRoles: z.array(z.string()).describe("Ids of custom roles."),
  roleAttributes: RoleAttributes,
  mfa: z.enum(["enabled", "disabled"]).describe("Whether signing in takes a second factor."),
  _lastSeen: z.int().describe("Unix milliseconds, by the minute; 0 for never."),
  creationDate: z.int(),
  teams: z.array(MemberTeam),
  permissionGrants: z.array(Grant),
  isActive: z.boolean().describe("Whether the member may come in."),
}).meta({ id: "Member" });

export const InvitedMember = MemberRepresentation.extend({
  invitation: z.string().optional().describe("The path of the link for a first password."),
}).meta({ id: "InvitedMember" });

export async function memberRepresentation(
  db: Db,
  member: Member,
): Promise<z.infer<typeof MemberRepresentation>> {
  const teams = await listTeamsOf(db, member.id);
  return {
    ...memberSummary(member),
    _pendingInvite: member.password === "" && member.last_seen_at === 0,
    _verified: member.password !== "" || member.last_seen_at > 0,
    customRoles: [...listFrom(member.custom_roles)],
    roleAttributes: RoleAttributes.parse(attributesFrom(member.role_attributes)),
    mfa: (await hasSecondFactor(db, member.id)) ? "enabled" : "disabled",
    _lastSeen: member.last_seen_at,
    creationDate: member.created_at,
    isActive: member.is_active === 1,
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
export function memberSummary(member: Member): z.infer<typeof MemberSummary> {
  return {
    _id: member.id,
    firstName: member.first_name,
    lastName: member.last_name,
    role: member.role,
    email: member.email,
    _links: { self: linkTo(`${membersPath}/${member.id}`) },
  };
}
