import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { listFrom } from "../access/member-policies.ts";
import { type Access, eachInstructionOn } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { parseExpand } from "../http/expand.ts";
import { list, parseFilter, text } from "../http/filter.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { rolesWithIds } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { actionOfInstruction, NewTeam, TeamInstruction } from "./team.ts";
import { createTeam, instructTeam, removeTeam } from "./team-changes.ts";
import { getTeam, listMembersOf, listTeams, type Team } from "./team-queries.ts";
import {
  expandable,
  teamsPath as path,
  TeamRepresentation,
  teamRepresentation,
} from "./team-representation.ts";

const ofTeam = z.object({ teamKey: z.string() });
const tags = ["Teams"];
const Expand = z.object({ expand: z.string().optional() });
const viewing = { action: "viewTeam", resource: "team/{teamKey}" };

export interface TeamParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Members who share roles. */
export const teamRoutes: FastifyPluginAsyncZod<TeamParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<TeamParts> = async (app, { db }) => {
  const querystring = z.object({ ...pageQuery, ...Expand.shape, filter: z.string().optional() });
  app.get(
    path,
    {
      config: { access: { action: "viewTeam", resource: "team/*" } },
      schema: {
        operationId: "getTeams",
        summary: "List teams",
        tags,
        querystring,
        response: { 200: listOf(TeamRepresentation) },
      },
    },
    async ({ query, url }) => {
      const expand = parseExpand(query.expand, expandable);
      const page = pageOf(await teamsThat(db, query.filter), query);
      const items = await Promise.all(
        page.items.map((team) => teamRepresentation(db, team, expand)),
      );
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    `${path}/:teamKey`,
    {
      config: { access: viewing },
      schema: {
        operationId: "getTeam",
        summary: "Get a team",
        tags,
        params: ofTeam,
        querystring: Expand,
        response: { 200: TeamRepresentation },
      },
    },
    async ({ params, query }) =>
      teamRepresentation(
        db,
        await getTeam(db, params.teamKey),
        parseExpand(query.expand, expandable),
      ),
  );
};

const writingRoutes: FastifyPluginAsyncZod<TeamParts> = async (app, { db, changes }) => {
  app.post(
    path,
    {
      config: { access: { action: "createTeam", resource: "team/{body.key}" } },
      schema: {
        operationId: "postTeam",
        summary: "Create a team",
        tags,
        body: NewTeam,
        querystring: Expand,
        response: { 201: TeamRepresentation },
      },
    },
    async ({ body, query, actor }, reply) => {
      const expand = parseExpand(query.expand, expandable);
      const team = await changes.write(actor, (tx, record) =>
        createTeam(tx, record, { input: body, at: changes.now }),
      );
      return reply.code(201).send(await teamRepresentation(db, team, expand));
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
        operationId: "patchTeam",
        summary: "Change a team",
        tags,
        params: ofTeam,
        body: PatchBody,
        querystring: Expand,
        response: { 200: TeamRepresentation },
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
      return teamRepresentation(db, team, expand);
    },
  );

  app.delete(
    `${path}/:teamKey`,
    {
      config: { access: { action: "deleteTeam", resource: "team/{teamKey}" } },
      schema: {
        operationId: "deleteTeam",
        summary: "Delete a team",
        tags,
        params: ofTeam,
        response: { 204: noContent },
      },
    },
    async ({ params, actor }, reply) => {
      await changes.write(actor, async (tx, record) =>
        removeTeam(tx, record, await getTeam(tx, params.teamKey)),
      );
      return reply.code(204).send(null);
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
