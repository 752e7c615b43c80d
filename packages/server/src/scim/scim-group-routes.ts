import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes, RecordChange } from "../changes/changes.ts";
import { findMember } from "../members/member-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { NewTeam } from "../teams/team.ts";
import { createTeam, instructTeam, removeTeam } from "../teams/team-changes.ts";
import { getTeamById, saveTeam, type Team } from "../teams/team-queries.ts";
import { ScimError } from "./scim-error.ts";
import { freeTeamKey, groupResource, groupResources, groupsPath, ScimGroup } from "./scim-group.ts";
import { ScimQuery, scimPage } from "./scim-list.ts";
import { patchedResource, ScimPatch } from "./scim-patch.ts";
import { refuseOther, sayVersion } from "./scim-version.ts";

const ofGroup = z.object({ id: z.string() });
const config = { access: { action: "manageScim", resource: "acct" } };

interface ScimGroupParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Teams as a directory provisions them, under the name of groups. */
export const scimGroupRoutes: FastifyPluginAsyncZod<ScimGroupParts> = async (app, parts) => {
  const { db, changes } = parts;
  app.get(groupsPath, { config, schema: { querystring: ScimQuery } }, async ({ query }) => {
    const page = scimPage(await groupResources(db), query);
    const isBrief = query.excludedAttributes?.split(",").includes("members") === true;
    const brief = page.Resources.map(({ members: _, ...rest }) => rest);
    return isBrief ? { ...page, Resources: brief } : page;
  });

  app.get(`${groupsPath}/:id`, { config, schema: { params: ofGroup } }, async (request, reply) =>
    sayVersion(request, reply, await groupResource(db, await getTeamById(db, request.params.id))),
  );

  app.post(groupsPath, { config, schema: { body: ScimGroup } }, async (request, reply) => {
    const { body, actor } = request;
    const team = await changes.write(actor, async (tx, record) => {
      const memberIDs = await idsIn(tx, body);
      const key = await freeTeamKey(tx, body.displayName);
      const input = NewTeam.parse({ key, name: body.displayName, memberIDs });
      const made = await createTeam(tx, record, { input, at: changes.now });
      return saveTeam(tx, { ...made, external_id: body.externalId ?? null, is_idp_synced: 1 });
    });
    const resource = await groupResource(db, team);
    reply.code(201).header("location", resource.meta.location);
    return sayVersion(request, reply, resource);
  });

  await app.register(changingRoutes, parts);
};

const changingRoutes: FastifyPluginAsyncZod<ScimGroupParts> = async (app, { db, changes }) => {
  const put = { params: ofGroup, body: ScimGroup };
  app.put(`${groupsPath}/:id`, { config, schema: put }, async (request, reply) => {
    const { params, body, actor } = request;
    const team = await changes.write(actor, async (tx, record) => {
      const before = await getTeamById(tx, params.id);
      refuseOther(request, (await groupResource(tx, before)).meta.version);
      return replaceGroup(tx, record, { before, group: body, at: changes.now });
    });
    return sayVersion(request, reply, await groupResource(db, team));
  });

  const patch = { params: ofGroup, body: ScimPatch };
  app.patch(`${groupsPath}/:id`, { config, schema: patch }, async (request, reply) => {
    const { params, body, actor } = request;
    const team = await changes.write(actor, async (tx, record) => {
      const before = await getTeamById(tx, params.id);
      const resource = await groupResource(tx, before);
      refuseOther(request, resource.meta.version);
      const group = readGroup(patchedResource(resource, body.Operations));
      return replaceGroup(tx, record, { before, group, at: changes.now });
    });
    return sayVersion(request, reply, await groupResource(db, team));
  });

  app.delete(
    `${groupsPath}/:id`,
    { config, schema: { params: ofGroup } },
    async (request, reply) => {
      await changes.write(request.actor, async (tx, record) => {
        const team = await getTeamById(tx, request.params.id);
        refuseOther(request, (await groupResource(tx, team)).meta.version);
        await removeTeam(tx, record, team);
      });
      return reply.code(204).send();
    },
  );
};

async function replaceGroup(
  tx: Tx,
  record: RecordChange,
  { before, group, at }: { before: Team; group: ScimGroup; at: number },
): Promise<Team> {
  const values = [...(await idsIn(tx, group))];
  const instructions = [
    { kind: "updateName", value: group.displayName } as const,
    { kind: "replaceMembers", values } as const,
  ];
  const team = await instructTeam(tx, record, { team: before, instructions, at });
  const external_id = group.externalId ?? null;
  if (team.external_id === external_id && team.is_idp_synced === 1) return team;
  return saveTeam(tx, { ...team, external_id, is_idp_synced: 1 });
}

async function idsIn(db: Db, { members }: ScimGroup): Promise<readonly string[]> {
  const ids = [...new Set(members.map(({ value }) => value))];
  for (const id of ids) {
    if ((await findMember(db, id)) === undefined) {
      throw new ScimError("invalidValue", `no user "${id}"; provision the user first`);
    }
  }
  return ids;
}

function readGroup(resource: unknown): ScimGroup {
  const parsed = ScimGroup.safeParse(resource);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const at = problem?.path.join(".") ?? "";
  throw new ScimError("invalidValue", `the group would be wrong at ${at}: ${problem?.message}`);
}
