import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { listFrom } from "../access/member-policies.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { MemberSummary, memberSummary } from "../members/member-representation.ts";
import { rolesWithIds } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { getTeam, listMembersOf } from "./team-queries.ts";
import { roleOfTeam, TeamRole, teamsPath } from "./team-representation.ts";

const ofTeam = z.object({ teamKey: z.string() });
const tags = ["Teams"];
const viewing = { action: "viewTeam", resource: "team/{teamKey}" };

interface TeamReadingParts {
  readonly db: Db;
}

/** Who is in a team and what the team may, each as a list of its own. */
export const partsOfTeamRoutes: FastifyPluginAsyncZod<TeamReadingParts> = async (app, { db }) => {
  const querystring = z.object(pageQuery);
  app.get(
    `${teamsPath}/:teamKey/maintainers`,
    {
      config: { access: viewing },
      schema: {
        operationId: "getTeamMaintainers",
        summary: "List who maintains a team",
        tags,
        params: ofTeam,
        querystring,
        response: { 200: listOf(MemberSummary) },
      },
    },
    async ({ params, query, url }) => {
      const { id } = await getTeam(db, params.teamKey);
      const maintainers = (await listMembersOf(db, id)).filter((one) => one.is_maintainer === 1);
      const page = pageOf(maintainers.map(memberSummary), query);
      return pagedList(url, page, query);
    },
  );

  app.get(
    `${teamsPath}/:teamKey/roles`,
    {
      config: { access: viewing },
      schema: {
        operationId: "getTeamRoles",
        summary: "List the roles of a team",
        tags,
        params: ofTeam,
        querystring,
        response: { 200: listOf(TeamRole) },
      },
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
