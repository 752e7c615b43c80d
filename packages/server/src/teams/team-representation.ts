import { z } from "zod";
import { attributesFrom, listFrom } from "../access/member-policies.ts";
import { Link, linkTo } from "../http/paging.ts";
import { RoleAttributes } from "../members/member.ts";
import { MemberSummary, memberSummary } from "../members/member-representation.ts";
import { listProjects } from "../projects/project-queries.ts";
import { type Role, rolesWithIds, statementsOf } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { listMembersOf, type Team } from "./team-queries.ts";

export const teamsPath = "/api/v2/teams";
export const expandable = [
  "members",
  "roles",
  "projects",
  "maintainers",
  "roleAttributes",
] as const;

export const TeamRole = z
  .object({ key: z.string(), name: z.string(), appliedOn: z.int() })
  .meta({ id: "TeamCustomRole" });

const TeamProjects = z
  .object({
    totalCount: z.int(),
    items: z.array(
      z
        .object({
          _id: z.string(),
          key: z.string(),
          name: z.string(),
          _links: z.record(z.string(), Link),
        })
        .meta({ id: "ProjectSummary" }),
    ),
  })
  .meta({ id: "TeamProjects" });

export const TeamRepresentation = z
  .object({
    key: z.string(),
    name: z.string(),
    description: z.string(),
    _creationDate: z.int(),
    _lastModified: z.int(),
    _version: z.int(),
    _idpSynced: z.boolean().describe("Whether a provisioning client keeps the members."),
    _links: z.record(z.string(), Link),
    members: z.object({ totalCount: z.int() }).optional(),
    roles: z.object({ totalCount: z.int(), items: z.array(TeamRole) }).optional(),
    maintainers: z.object({ totalCount: z.int(), items: z.array(MemberSummary) }).optional(),
    projects: TeamProjects.optional(),
    roleAttributes: RoleAttributes.optional(),
  })
  .meta({ id: "Team" });

export async function teamRepresentation(
  db: Db,
  team: Team,
  expand: ReadonlySet<(typeof expandable)[number]>,
): Promise<z.infer<typeof TeamRepresentation>> {
  const self = `${teamsPath}/${team.key}`;
  const members = await listMembersOf(db, team.id);
  const maintainers = members.filter(({ is_maintainer }) => is_maintainer === 1);
  const roles = await rolesWithIds(db, listFrom(team.custom_roles));
  return {
    key: team.key,
    name: team.name,
    description: team.description,
    _creationDate: team.created_at,
    _lastModified: team.updated_at,
    _version: team.version,
    _idpSynced: team.is_idp_synced === 1,
    _links: {
      self: linkTo(self),
      parent: linkTo(teamsPath),
      roles: linkTo(`${self}/roles`),
      maintainers: linkTo(`${self}/maintainers`),
    },
    ...(expand.has("members") ? { members: { totalCount: members.length } } : {}),
    ...(expand.has("roles")
      ? { roles: { totalCount: roles.length, items: roles.map((role) => roleOfTeam(role, team)) } }
      : {}),
    ...(expand.has("maintainers")
      ? {
          maintainers: {
            totalCount: maintainers.length,
            items: maintainers.map(memberSummary),
          },
        }
      : {}),
    ...(expand.has("projects") ? { projects: await projectsOf(db, roles) } : {}),
    ...(expand.has("roleAttributes")
      ? { roleAttributes: RoleAttributes.parse(attributesFrom(team.role_attributes)) }
      : {}),
  };
}

export function roleOfTeam({ key, name }: Role, { updated_at }: Team): z.infer<typeof TeamRole> {
  return { key, name, appliedOn: updated_at };
}

/** The projects that roles speak of by name. */
async function projectsOf(db: Db, roles: readonly Role[]): Promise<z.infer<typeof TeamProjects>> {
  const named = roles
    .flatMap(statementsOf)
    .flatMap(({ resources = [] }) => resources)
    .map((resource) => /^proj\/([^:;]+)/u.exec(resource)?.[1]);
  const projects = (await listProjects(db)).filter(({ key }) => named.includes(key));
  const items = projects.map(({ id, key, name }) => ({
    _id: id,
    key,
    name,
    _links: { self: linkTo(`/api/v2/projects/${key}`) },
  }));
  return { totalCount: items.length, items };
}
