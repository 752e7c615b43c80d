import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { requireEach } from "../access/route-access.ts";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo, listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { applyToRepresentation, changedMembers, PatchBody, parsePatch } from "../http/patch.ts";
import type { Db } from "../storage/database.ts";
import { NewRole, RoleSettings } from "./role.ts";
import {
  countHolders,
  deleteRole,
  findRole,
  getRole,
  listRoles,
  type Role,
  saveRole,
  statementsOf,
} from "./role-queries.ts";

const path = "/api/v2/roles";
const ofRole = z.object({ roleKey: z.string() });
const tags = ["Custom roles"];
const viewing = { action: "viewRole", resource: "role/*" };

const RoleRepresentation = RoleSettings.extend({
  _id: z.string(),
  key: z.string(),
  assignedTo: z.object({ membersCount: z.int(), teamsCount: z.int() }),
  _links: z.record(z.string(), Link),
}).meta({ id: "CustomRole" });

export interface RoleParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Roles that an account makes for itself. */
export const roleRoutes: FastifyPluginAsyncZod<RoleParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<RoleParts> = async (app, { db }) => {
  app.get(
    path,
    {
      config: { access: viewing },
      schema: {
        operationId: "getCustomRoles",
        summary: "List custom roles",
        tags,
        querystring: z.object(pageQuery),
        response: { 200: listOf(RoleRepresentation) },
      },
    },
    async ({ query, url }) => {
      const page = pageOf(await listRoles(db), query);
      const items = await Promise.all(page.items.map((role) => roleRepresentation(db, role)));
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    `${path}/:roleKey`,
    {
      config: { access: { action: "viewRole", resource: "role/{roleKey}" } },
      schema: {
        operationId: "getCustomRole",
        summary: "Get a custom role",
        tags,
        params: ofRole,
        response: { 200: RoleRepresentation },
      },
    },
    async ({ params }) => roleRepresentation(db, await getRole(db, params.roleKey)),
  );
};

const writingRoutes: FastifyPluginAsyncZod<RoleParts> = async (app, { db, changes }) => {
  app.post(
    path,
    {
      config: { access: { action: "createRole", resource: "role/{body.key}" } },
      schema: {
        operationId: "postCustomRole",
        summary: "Create a custom role",
        tags,
        body: NewRole,
        response: { 201: RoleRepresentation },
      },
    },
    async ({ body, actor }, reply) => {
      const { key } = body;
      const role = roleFrom(body, { id: newId(), key, created_at: changes.now }, changes.now);
      const stored = await changes.write(actor, async (tx, record) => {
        if ((await findRole(tx, key)) !== undefined) {
          throw new DomainError(
            "conflict",
            `there is a custom role "${key}" already; choose another key`,
          );
        }
        const words = `Create the role ${body.name}`;
        await record(aboutRole(key, { instruction: "createRole", words, after: body }));
        return saveRole(tx, role);
      });
      return reply.code(201).send(await roleRepresentation(db, stored));
    },
  );

  app.patch(
    `${path}/:roleKey`,
    {
      config: {
        access: { inHandler: "each member has an action of its own", resource: "role/{roleKey}" },
      },
      schema: {
        operationId: "patchCustomRole",
        summary: "Change a custom role",
        description: "Takes a JSON Patch or a merge patch.",
        tags,
        params: ofRole,
        body: PatchBody,
        response: { 200: RoleRepresentation },
      },
    },
    async ({ params, body, actor, access }) => {
      const patch = parsePatch(body);
      if (patch.kind === "semantic") {
        throw new DomainError("invalid_request", "a role knows no instructions; send a JSON Patch");
      }
      const stored = await changes.write(actor, async (tx, record) => {
        const role = await getRole(tx, params.roleKey);
        const before = settingsOf(role);
        const after = readSettings(applyToRepresentation(before, patch));
        const changed = changedMembers(before, after);
        await requireEach(access.within(tx), actionOn, { changed, steps: [["role", role.key]] });
        if (changed.length === 0) return role;
        const words = `Change ${changed.join(" and ")} of the role ${role.name}`;
        const { comment } = patch;
        await record(
          aboutRole(role.key, { instruction: "updateRole", words, before, after, comment }),
        );
        return saveRole(tx, roleFrom(after, role, changes.now));
      });
      return roleRepresentation(db, stored);
    },
  );

  await app.register(deletingRoutes, { db, changes });
};

const deletingRoutes: FastifyPluginAsyncZod<RoleParts> = async (app, { changes }) => {
  app.delete(
    `${path}/:roleKey`,
    {
      config: { access: { action: "deleteRole", resource: "role/{roleKey}" } },
      schema: {
        operationId: "deleteCustomRole",
        summary: "Delete a custom role",
        tags,
        params: ofRole,
        response: { 204: noContent },
      },
    },
    async ({ params, actor }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const role = await getRole(tx, params.roleKey);
        const { members, teams } = await countHolders(tx, role.id);
        if (members + teams > 0) {
          throw new DomainError(
            "conflict",
            `the role "${role.key}" is held by ${members} members and ${teams} teams; take it from them first`,
          );
        }
        const words = `Delete the role ${role.name}`;
        const before = settingsOf(role);
        await record(aboutRole(role.key, { instruction: "deleteRole", words, before }));
        await deleteRole(tx, role.id);
      });
      return reply.code(204).send(null);
    },
  );
};

const actionOn: Readonly<Record<keyof RoleSettings, string>> = {
  name: "updateName",
  description: "updateDescription",
  policy: "updatePolicy",
  basePermissions: "updateBasePermissions",
};

function readSettings(input: unknown): RoleSettings {
  const parsed = z.strictObject(RoleSettings.shape).safeParse(input);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  throw new DomainError(
    "invalid_request",
    `the role would be wrong at ${problem?.path.join("/")}: ${problem?.message}`,
  );
}

function settingsOf(role: Role): RoleSettings {
  const { name, description, base_permissions: basePermissions } = role;
  return { name, description, policy: [...statementsOf(role)], basePermissions };
}

function roleFrom(
  { name, description, policy, basePermissions }: RoleSettings,
  { id, key, created_at }: Pick<Role, "id" | "key" | "created_at">,
  at: number,
): Role {
  const settings = { name, description, policy: JSON.stringify(policy) };
  return { id, key, created_at, ...settings, base_permissions: basePermissions, updated_at: at };
}

function aboutRole(key: string, change: Omit<AccountChange, "kind" | "key" | "resource">): Change {
  return accountChange({ kind: "role", key, resource: `role/${key}`, ...change });
}

async function roleRepresentation(db: Db, role: Role): Promise<z.infer<typeof RoleRepresentation>> {
  const { members, teams } = await countHolders(db, role.id);
  return {
    _id: role.id,
    key: role.key,
    ...settingsOf(role),
    assignedTo: { membersCount: members, teamsCount: teams },
    _links: { self: linkTo(`${path}/${role.key}`), parent: linkTo(path) },
  };
}
