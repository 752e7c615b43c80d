import type { Member } from "../members/member-queries.ts";
import { type Role, rolesWithIds, statementsOf } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { listTeamsOf } from "../teams/team-queries.ts";
import { policiesOfBaseRole, reading } from "./base-role.ts";
import { compilePolicy, type Policy, type RoleAttributes, type Statement } from "./policy.ts";

/**
 * What a member may: the base role's policies and those of custom roles, own ones and the teams'.
 * Custom roles take the place of a base role that only reads, for they say what is to be seen.
 */
export async function policiesOfMember(db: Db, member: Member): Promise<readonly Policy[]> {
  const teams = await listTeamsOf(db, member.id);
  const ids = [member, ...teams].flatMap(({ custom_roles }) => listFrom(custom_roles));
  const roles = await rolesWithIds(db, [...new Set(ids)]);
  const attributes = merged([member, ...teams].map((one) => attributesFrom(one.role_attributes)));
  const onlyReads = member.role === "reader" || member.role === "no_access";
  return [
    ...(roles.length > 0 && onlyReads ? [] : policiesOfBaseRole(member.role)),
    ...roles.map((role) => policyOfRole(role, attributes)),
    { ...compilePolicy(ownThings(member.id)), origin: "what everybody may with their own tokens" },
    ...teams
      .filter(({ is_maintainer }) => is_maintainer === 1)
      .map(({ key }) => ({
        ...compilePolicy(maintaining(key)),
        origin: `being a maintainer of the team ${key}`,
      })),
  ];
}

export function policyOfRole(role: Role, attributes: RoleAttributes = {}): Policy {
  const statements = withReading(statementsOf(role), role.base_permissions);
  return { ...compilePolicy(statements, attributes), origin: `the role ${role.key}` };
}

/** Statements as they count for whom nothing else says what may be read. */
export function withReading(
  statements: readonly Statement[],
  basePermissions: Role["base_permissions"],
): readonly Statement[] {
  return basePermissions === "reader" ? [...reading, ...statements] : statements;
}

/** Everybody makes tokens for themselves, which may no more than they. */
function ownThings(memberId: string): readonly Statement[] {
  return [{ effect: "allow", actions: ["*"], resources: [`member/${memberId}:token/*`] }];
}

function maintaining(teamKey: string): readonly Statement[] {
  const actions = [
    "viewTeam",
    "updateTeamName",
    "updateTeamDescription",
    "updateTeamMembers",
    "updateTeamPermissionGrants",
  ];
  return [{ effect: "allow", actions, resources: [`team/${teamKey}`] }];
}

function merged(maps: readonly RoleAttributes[]): RoleAttributes {
  const all = new Map<string, readonly string[]>();
  for (const [name, values] of maps.flatMap((map) => Object.entries(map))) {
    all.set(name, [...(all.get(name) ?? []), ...values]);
  }
  return Object.fromEntries(all);
}

export function listFrom(json: string): readonly string[] {
  // Written by this server from its own types.
  return JSON.parse(json) as readonly string[];
}

export function attributesFrom(json: string): RoleAttributes {
  return JSON.parse(json) as RoleAttributes;
}
