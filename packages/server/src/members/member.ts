import { z } from "zod";

export const RoleAttributes = z.record(z.string(), z.array(z.string()));

/** The roles that can be given; only an owner makes owners. */
const GivenRole = z.enum(["no_access", "reader", "writer", "admin", "owner"]);

export const Password = z
  .string()
  .min(8, "use 8 characters or more")
  .max(256, "use 256 characters or fewer");

/** Somebody to be invited. */
export const NewMember = z.object({
  email: z.email("give an email address such as ada@example.com").max(256),
  password: Password.optional(),
  firstName: z.string().trim().max(256).default(""),
  lastName: z.string().trim().max(256).default(""),
  role: z
    .literal("")
    .transform(() => "reader" as const)
    .or(GivenRole)
    .default("reader")
    .describe("Left empty where customRoles say what the member may."),
  customRoles: z.array(z.string()).default([]),
  teamKeys: z.array(z.string()).default([]),
  roleAttributes: RoleAttributes.default({}),
});
export type NewMember = z.infer<typeof NewMember>;

/** What can be changed of a member. */
export const MemberSettings = z.object({
  email: NewMember.shape.email,
  firstName: z.string().trim().max(256),
  lastName: z.string().trim().max(256),
  role: GivenRole,
  customRoles: z.array(z.string()),
  roleAttributes: RoleAttributes,
});
export type MemberSettings = z.infer<typeof MemberSettings>;

const memberIDs = z.array(z.string()).min(1);

/** What can be done to several members at once. */
export const MembersInstruction = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("replaceMembersRoles"), value: GivenRole, memberIDs }),
  z.object({ kind: z.literal("replaceAllMembersRoles"), value: GivenRole }),
  z.object({
    kind: z.literal("replaceMembersCustomRoles"),
    values: z.array(z.string()),
    memberIDs,
  }),
  z.object({ kind: z.literal("replaceAllMembersCustomRoles"), values: z.array(z.string()) }),
  z.object({
    kind: z.literal("replaceMembersRoleAttributes"),
    value: RoleAttributes,
    memberIDs,
  }),
]);
export type MembersInstruction = z.infer<typeof MembersInstruction>;
