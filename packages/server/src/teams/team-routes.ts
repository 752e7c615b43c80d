import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { attributesFrom, listFrom } from "../access/member-policies.ts";
import { type Access, eachInstructionOn } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { parseExpand } from "../http/expand.ts";
import { list, parseFilter, text } from "../http/filter.ts";
import { linkTo, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { memberSummary } from "../members/member-representation.ts";
import { listProjects } from "../projects/project-queries.ts";
import { type Role, rolesWithIds, statementsOf } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { actionOfInstruction, NewTeam, TeamInstruction } from "./team.ts";
import { createTeam, instructTeam, removeTeam } from "./team-changes.ts";
import { getTeam, listMembersOf, listTeams, type Team } from "./team-queries.ts";

const path = "/api/v2/teams";
const ofTeam = z.object({ teamKey: z.string() });
const tags = ["Teams"];
const expandable = ["members", "roles", "projects", "maintainers", "roleAttributes"] as const;
const Expand = z.object({ expand: z.string().optional() });
const viewing = { action: "viewTeam", resource: "team/{teamKey}" };

export interface TeamParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Members who share roles. */
export const teamRoutes: FastifyPluginAsyncZod<TeamParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(partsOfTeamRoutes, parts);
  await app.register(writingRoutes, parts);
  await app.register(bulkRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<TeamParts> = async (app, { db }) => {
  const querystring = z.object({ ...pageQuery, ...Expand.shape, filter: z.string().optional() });
  app.get(
    path,
    {
      config: { access: { action: "viewTeam", resource: "team/*" } },
      schema: { summary: "List teams", tags, querystring },
    },
    async ({ query, url }) => {
      const expand = parseExpand(query.expand, expandable);
      const page = pageOf(await teamsThat(db, query.filter), query);
      const items = await Promise.all(page.items.map((team) => representation(db, team, expand)));
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    `${path}/:teamKey`,
    {
      config: { access: viewing },
      schema: { summary: "Get a team", tags, params: ofTeam, querystring: Expand },
    },
    async ({ params, query }) =>
      representation(db, await getTeam(db, params.teamKey), parseExpand(query.expand, expandable)),
  );
};

const partsOfTeamRoutes: FastifyPluginAsyncZod<TeamParts> = async (app, { db }) => {
  const querystring = z.object(pageQuery);
  app.get(
    `${path}/:teamKey/maintainers`,
    {
      config: { access: viewing },
      schema: { summary: "List who maintains a team", tags, params: ofTeam, querystring },
    },
    async ({ params, query, url }) => {
      const { id } = await getTeam(db, params.teamKey);
      const maintainers = (await listMembersOf(db, id)).filter((one) => one.is_maintainer === 1);
      const page = pageOf(maintainers.map(memberSummary), query);
      return pagedList(url, page, query);
    },
  );

  app.get(
    `${path}/:teamKey/roles`,
    {
      config: { access: viewing },
      schema: { summary: "List the roles of a team", tags, params: ofTeam, querystring },
    },
    async ({ params, query, url }) => {
      const team = await getTeam(db, params.teamKey);
      const roles = await rolesWithIds(db, listFrom(team.custom_roles));
      return pagedList(
        url,
        pageOf(
          roles.map((role) => roleOfTeam(role, team)),
          query,
        ),
        query,
      );
    },
  );
};

const writingRoutes: FastifyPluginAsyncZod<TeamParts> = async (app, { db, changes }) => {
  app.post(
    path,
    {
      config: { access: { action: "createTeam", resource: "team/{body.key}" } },
      schema: { summary: "Create a team", tags, body: NewTeam, querystring: Expand },
    },
    async ({ body, query, actor }, reply) => {
      const expand = parseExpand(query.expand, expandable);
      const team = await changes.write(actor, (tx, record) =>
        createTeam(tx, record, { input: body, at: changes.now }),
      );
      return reply.code(201).send(await representation(db, team, expand));
    },
  );

  const PatchBody = z.object({
    comment: z.string().optional(),
    instructions: z.array(TeamInstruction).min(1),
  });
  app.patch(
    `${path}/:teamKey`,
    {
      config: { access: eachInstructionOn("team/{teamKey}") },
      schema: {
        summary: "Change a team",
        tags,
        params: ofTeam,
        body: PatchBody,
        querystring: Expand,
      },
    },
    async ({ params, query, body: { instructions, comment }, actor, access }) => {
      const expand = parseExpand(query.expand, expandable);
      await requireInstructions(access, params.teamKey, instructions);
      const team = await changes.write(actor, async (tx, record) => {
        const found = await getTeam(tx, params.teamKey);
        const at = changes.now;
        return instructTeam(tx, record, { team: found, instructions, comment, at });
      });
      return representation(db, team, expand);
    },
  );

  app.delete(
    `${path}/:teamKey`,
    {
      config: { access: { action: "deleteTeam", resource: "team/{teamKey}" } },
      schema: { summary: "Delete a team", tags, params: ofTeam },
    },
    async ({ params, actor }, reply) => {
      await changes.write(actor, async (tx, record) =>
        removeTeam(tx, record, await getTeam(tx, params.teamKey)),
      );
      return reply.code(204).send();
    },
  );
};

/** What can be done to several teams at once, besides what can be done to one. */
const TeamsInstruction = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("addMembersToTeams"),
    memberIDs: z.array(z.string()).min(1),
    teamKeys: z.array(z.string()).min(1),
  }),
]);

const bulkRoutes: FastifyPluginAsyncZod<TeamParts> = async (app, { changes }) => {
  const PatchBody = z.object({
    comment: z.string().optional(),
    instructions: z.array(TeamsInstruction).min(1),
  });
  app.patch(
    path,
    {
      config: { access: eachInstructionOn("team/*") },
      schema: { summary: "Put members into several teams", tags, body: PatchBody },
    },
    async ({ body: { instructions, comment }, actor, access }) => {
      const keys = [...new Set(instructions.flatMap(({ teamKeys }) => teamKeys))];
      for (const key of keys) await access.require("updateTeamMembers", ["team", key]);
      await changes.write(actor, async (tx, record) => {
        for (const { teamKeys, memberIDs } of instructions) {
          for (const key of teamKeys) {
            const team = await getTeam(tx, key);
            const adding = { kind: "addMembers", values: memberIDs } as const;
            const at = changes.now;
            await instructTeam(tx, record, { team, instructions: [adding], comment, at });
          }
        }
      });
      const memberIDs = [...new Set(instructions.flatMap((one) => one.memberIDs))];
      return { memberIDs, teamKeys: keys, errors: [] };
    },
  );
};

async function requireInstructions(
  access: Access,
  teamKey: string,
  instructions: readonly TeamInstruction[],
): Promise<void> {
  for (const { kind } of instructions) {
    await access.require(actionOfInstruction[kind], ["team", teamKey]);
  }
}

const filterFields = { query: text, members: list, roles: list };

async function teamsThat(db: Db, filter: string | undefined): Promise<readonly Team[]> {
  const { query, members, roles } = parseFilter(filter, filterFields);
  const wanted = query?.toLowerCase();
  const fitting: Team[] = [];
  for (const team of await listTeams(db)) {
    const text = `${team.key} ${team.name} ${team.description}`.toLowerCase();
    if (wanted !== undefined && !text.includes(wanted)) continue;
    const ids = members && (await listMembersOf(db, team.id)).map(({ id }) => id);
    if (members?.some((id) => ids?.includes(id)) === false) continue;
    const keys = roles && (await rolesWithIds(db, listFrom(team.custom_roles))).map((r) => r.key);
    if (roles?.some((key) => keys?.includes(key)) === false) continue;
    fitting.push(team);
  }
  return fitting;
}

async function representation(
  db: Db,
  team: Team,
  expand: ReadonlySet<(typeof expandable)[number]>,
): Promise<object> {
  const self = `${path}/${team.key}`;
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
    _idpSynced: false,
    _links: {
      self: linkTo(self),
      parent: linkTo(path),
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
      ? { roleAttributes: attributesFrom(team.role_attributes) }
      : {}),
  };
}

function roleOfTeam({ key, name }: Role, { updated_at }: Team): object {
  return { key, name, appliedOn: updated_at };
}

/** The projects that roles speak of by name. */
async function projectsOf(db: Db, roles: readonly Role[]): Promise<object> {
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
