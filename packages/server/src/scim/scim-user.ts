import { createHash } from "node:crypto";
import { z } from "zod";
import { listMembers, type Member, nameOf } from "../members/member-queries.ts";
import type { Db } from "../storage/database.ts";
import { listTeamsOf } from "../teams/team-queries.ts";

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const usersPath = "/scim/v2/Users";

/** Some clients write booleans as words. */
const ScimBoolean = z.union([
  z.boolean(),
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(["true", "false"]))
    .transform((word) => word === "true"),
]);

/** What is taken of a user; the rest of what directories know is left with them. */
export const ScimUser = z.object({
  userName: z.email("userName has to be the email address").max(256),
  externalId: z.string().max(256).optional(),
  name: z
    .object({
      givenName: z.string().max(256).optional(),
      familyName: z.string().max(256).optional(),
    })
    .optional(),
  active: ScimBoolean.default(true),
  roles: z.array(z.object({ value: z.string() })).optional(),
});
export type ScimUser = z.infer<typeof ScimUser>;

export async function userResource(db: Db, member: Member) {
  const teams = await listTeamsOf(db, member.id);
  const shown = {
    schemas: [userSchema],
    id: member.id,
    ...(member.external_id === null ? {} : { externalId: member.external_id }),
    userName: member.email,
    name: {
      givenName: member.first_name,
      familyName: member.last_name,
      formatted: nameOf(member),
    },
    displayName: nameOf(member),
    emails: [{ value: member.email, type: "work", primary: true }],
    active: member.is_active === 1,
    roles: [{ value: member.role, primary: true }],
    groups: teams.map(({ id, name }) => ({
      value: id,
      display: name,
      $ref: `/scim/v2/Groups/${id}`,
    })),
  };
  const created = new Date(member.created_at).toISOString();
  const location = `${usersPath}/${member.id}`;
  return { ...shown, meta: { resourceType: "User", created, location, version: versionOf(shown) } };
}

export async function userResources(db: Db) {
  return Promise.all((await listMembers(db)).map((member) => userResource(db, member)));
}

/** Changes with anything that is shown. */
export function versionOf(shown: object): string {
  return `W/"${createHash("sha256").update(JSON.stringify(shown)).digest("hex").slice(0, 32)}"`;
}
