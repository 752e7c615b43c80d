import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Principal } from "../access/principal.ts";
import type { Changes, RecordChange } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { MemberSettings } from "../members/member.ts";
import {
  addMember,
  changeMember,
  removeMember,
  setMemberActive,
  settingsOf,
} from "../members/member-changes.ts";
import { getMember, type Member, saveMember } from "../members/member-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { ScimError } from "./scim-error.ts";
import { ScimQuery, scimPage } from "./scim-list.ts";
import { patchedResource, ScimPatch } from "./scim-patch.ts";
import { ScimUser, userResource, userResources, usersPath } from "./scim-user.ts";
import { refuseOther, sayVersion } from "./scim-version.ts";

const ofUser = z.object({ id: z.string() });
const config = { access: { action: "manageScim", resource: "acct" } };

interface ScimParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Members as a directory provisions them. */
export const scimUserRoutes: FastifyPluginAsyncZod<ScimParts> = async (app, parts) => {
  const { db, changes } = parts;
  app.get(usersPath, { config, schema: { querystring: ScimQuery } }, async ({ query }) =>
    scimPage(await userResources(db), query),
  );

  app.get(`${usersPath}/:id`, { config, schema: { params: ofUser } }, async (request, reply) => {
    const resource = await userResource(db, await getMember(db, request.params.id));
    return sayVersion(request, reply, resource);
  });

  app.post(usersPath, { config, schema: { body: ScimUser } }, async (request, reply) => {
    const { body, actor, principal: by } = request;
    const { now: at } = changes;
    const member = await changes.write(actor, async (tx, record) => {
      const settings = { ...settingsFrom(body), customRoles: [], roleAttributes: {} };
      const { externalId } = body;
      const added = await addMember(tx, record, { ...settings, password: "", externalId, at });
      return setMemberActive(tx, record, { member: added, isActive: body.active, by });
    });
    const resource = await userResource(db, member);
    reply.code(201).header("location", resource.meta.location);
    return sayVersion(request, reply, resource);
  });

  await app.register(changingRoutes, parts);
};

const changingRoutes: FastifyPluginAsyncZod<ScimParts> = async (app, { db, changes }) => {
  const put = { params: ofUser, body: ScimUser };
  app.put(`${usersPath}/:id`, { config, schema: put }, async (request, reply) => {
    const { params, body, actor, principal: by } = request;
    const member = await changes.write(actor, async (tx, record) => {
      const before = await getMember(tx, params.id);
      refuseOther(request, (await userResource(tx, before)).meta.version);
      return replaceUser(tx, record, { before, user: body, by });
    });
    return sayVersion(request, reply, await userResource(db, member));
  });

  const patch = { params: ofUser, body: ScimPatch };
  app.patch(`${usersPath}/:id`, { config, schema: patch }, async (request, reply) => {
    const { params, body, actor, principal: by } = request;
    const member = await changes.write(actor, async (tx, record) => {
      const before = await getMember(tx, params.id);
      const resource = await userResource(tx, before);
      refuseOther(request, resource.meta.version);
      const user = readUser(patchedResource(resource, body.Operations));
      return replaceUser(tx, record, { before, user, by });
    });
    return sayVersion(request, reply, await userResource(db, member));
  });

  app.delete(`${usersPath}/:id`, { config, schema: { params: ofUser } }, async (request, reply) => {
    const { params, actor, principal: by } = request;
    await changes.write(actor, async (tx, record) => {
      const member = await getMember(tx, params.id);
      refuseOther(request, (await userResource(tx, member)).meta.version);
      await removeMember(tx, record, { member, by, at: changes.now });
    });
    return reply.code(204).send();
  });
};

async function replaceUser(
  tx: Tx,
  record: RecordChange,
  { before, user, by }: { before: Member; user: ScimUser; by: Principal },
): Promise<Member> {
  const after = { ...settingsOf(before), ...settingsFrom(user, before) };
  const changed = await changeMember(tx, record, { before, after, by });
  const external_id = user.externalId ?? null;
  const named =
    external_id === changed.external_id
      ? changed
      : await saveMember(tx, { ...changed, external_id });
  return setMemberActive(tx, record, { member: named, isActive: user.active, by });
}

/** Without a role that is known the member keeps the own one, or begins as a reader. */
function settingsFrom({ userName, name, roles = [] }: ScimUser, before?: Member) {
  const given = roles.map(({ value }) => MemberSettings.shape.role.safeParse(value).data);
  const role = given.find((one) => one !== undefined);
  const kept = MemberSettings.shape.role.parse(before?.role ?? "reader");
  if (role === "owner" && before?.role !== "owner") {
    throw new DomainError("forbidden", "a directory makes no owners; let an owner do it");
  }
  return {
    email: userName,
    firstName: name?.givenName ?? before?.first_name ?? "",
    lastName: name?.familyName ?? before?.last_name ?? "",
    role: role ?? kept,
  };
}

function readUser(resource: unknown): ScimUser {
  const parsed = ScimUser.safeParse(resource);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const at = problem?.path.join(".") ?? "";
  throw new ScimError("invalidValue", `the user would be wrong at ${at}: ${problem?.message}`);
}
