import { z } from "zod";
import { RoleAttributes } from "../members/member.ts";

const Key = z
  .string()
  .max(256)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/u,
    "begin with a letter or digit, then letters, digits, '.', '_' and '-'",
  );
const memberIDs = z.array(z.string());
const values = z.array(z.string());

/** Who looks after a team: its maintainers may change its name and who is in it. */
const Grant = z.object({
  actionSet: z.literal("maintainTeam").optional(),
  actions: z.array(z.string()).optional(),
  memberIDs: memberIDs.optional(),
});

export const NewTeam = z.object({
  key: Key,
  name: z.string().trim().min(1).max(256),
  description: z.string().max(4096).default(""),
  customRoleKeys: z.array(z.string()).default([]),
  memberIDs: memberIDs.default([]),
  permissionGrants: z.array(Grant).default([]),
  roleAttributes: RoleAttributes.default({}),
});
export type NewTeam = z.infer<typeof NewTeam>;

const kind = <K extends string, S extends z.ZodRawShape>(name: K, shape: S) =>
  z.object({ kind: z.literal(name), ...shape });
const grant = { actionSet: z.literal("maintainTeam"), memberIDs };

/** Everything that can be done to a team. */
export const TeamInstruction = z.discriminatedUnion("kind", [
  kind("updateName", { value: NewTeam.shape.name }),
  kind("updateDescription", { value: z.string().max(4096) }),
  kind("addMembers", { values }),
  kind("removeMembers", { values }),
  kind("replaceMembers", { values }),
  kind("addCustomRoles", { values }),
  kind("removeCustomRoles", { values }),
  kind("addPermissionGrants", grant),
  kind("removePermissionGrants", grant),
  kind("addRoleAttribute", { key: z.string(), values }),
  kind("updateRoleAttribute", { key: z.string(), values }),
  kind("removeRoleAttribute", { key: z.string() }),
  kind("replaceRoleAttributes", { value: RoleAttributes }),
]);
export type TeamInstruction = z.infer<typeof TeamInstruction>;

/** What policies call an instruction. */
export const actionOfInstruction: Readonly<Record<TeamInstruction["kind"], string>> = {
  updateName: "updateTeamName",
  updateDescription: "updateTeamDescription",
  addMembers: "updateTeamMembers",
  removeMembers: "updateTeamMembers",
  replaceMembers: "updateTeamMembers",
  addCustomRoles: "updateTeamCustomRoles",
  removeCustomRoles: "updateTeamCustomRoles",
  addPermissionGrants: "updateTeamPermissionGrants",
  removePermissionGrants: "updateTeamPermissionGrants",
  addRoleAttribute: "updateTeamRoleAttributes",
  updateRoleAttribute: "updateTeamRoleAttributes",
  removeRoleAttribute: "updateTeamRoleAttributes",
  replaceRoleAttributes: "updateTeamRoleAttributes",
};

/** Each instruction in a sentence. */
export function describeTeamInstruction(instruction: TeamInstruction): string {
  switch (instruction.kind) {
    case "updateName":
      return `Call the team ${instruction.value}`;
    case "updateDescription":
      return "Change the description";
    case "addMembers":
      return `Add ${counted(instruction.values, "member")}`;
    case "removeMembers":
      return `Remove ${counted(instruction.values, "member")}`;
    case "replaceMembers":
      return `Let the team be ${counted(instruction.values, "member")}`;
    case "addCustomRoles":
      return `Give the roles ${instruction.values.join(", ")}`;
    case "removeCustomRoles":
      return `Take the roles ${instruction.values.join(", ")}`;
    case "addPermissionGrants":
      return `Let ${counted(instruction.memberIDs, "member")} maintain the team`;
    case "removePermissionGrants":
      return `Let ${counted(instruction.memberIDs, "member")} maintain the team no more`;
    case "addRoleAttribute":
    case "updateRoleAttribute":
      return `Set the role attribute ${instruction.key} to ${instruction.values.join(", ")}`;
    case "removeRoleAttribute":
      return `Remove the role attribute ${instruction.key}`;
    case "replaceRoleAttributes":
      return "Replace the role attributes";
    default:
      return instruction satisfies never;
  }
}

function counted(list: readonly string[], what: string): string {
  return `${list.length} ${what}${list.length === 1 ? "" : "s"}`;
}
