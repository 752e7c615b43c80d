import { attributesFrom, listFrom } from "../access/member-policies.ts";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, RecordChange } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { getMember } from "../members/member-queries.ts";
import { idsOfRoles } from "../roles/role-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { describeTeamInstruction, type NewTeam, type TeamInstruction } from "./team.ts";
import {
  deleteTeam,
  findTeam,
  listMembersOf,
  saveTeam,
  setMembership,
  type Team,
} from "./team-queries.ts";

export async function createTeam(
  tx: Tx,
  record: RecordChange,
  { input, at }: { input: NewTeam; at: number },
): Promise<Team> {
  const { key, name, description } = input;
  if ((await findTeam(tx, key)) !== undefined) {
    throw new DomainError("conflict", `there is a team "${key}" already; choose another key`);
  }
  const team = await saveTeam(tx, {
    id: newId(),
    key,
    name,
    description,
    custom_roles: JSON.stringify(await idsOfRoles(tx, input.customRoleKeys)),
    role_attributes: JSON.stringify(input.roleAttributes),
    version: 1,
    created_at: at,
    updated_at: at,
    external_id: null,
    is_idp_synced: 0,
  });
  await join(tx, team, input.memberIDs, "member");
  const maintainers = input.permissionGrants.flatMap(({ memberIDs = [] }) => memberIDs);
  await join(tx, team, maintainers, "maintainer");
  const words = `Create the team ${name}`;
  const after = await stateOf(tx, team);
  await record(aboutTeam(team, { instruction: "createTeam", words, after }));
  return team;
}

/** Does what the instructions say; a list that changes nothing writes nothing. */
export async function instructTeam(
  tx: Tx,
  record: RecordChange,
  {
    team,
    instructions,
    comment,
    at,
  }: {
    team: Team;
    instructions: readonly TeamInstruction[];
    comment?: string | undefined;
    at: number;
  },
): Promise<Team> {
  const before = await stateOf(tx, team);
  let changed = team;
  for (const instruction of instructions) changed = await applied(tx, changed, instruction);
  const after = await stateOf(tx, changed);
  if (JSON.stringify(before) === JSON.stringify(after)) return team;
  const stored = await saveTeam(tx, { ...changed, version: team.version + 1, updated_at: at });
  const { name } = team;
  const change = { instruction: "updateTeam", words: `Change the team ${name}`, comment };
  await record({
    ...aboutTeam(team, { ...change, before, after }),
    instructions,
    words: instructions.map(describeTeamInstruction),
  });
  return stored;
}

export async function removeTeam(tx: Tx, record: RecordChange, team: Team): Promise<void> {
  const before = await stateOf(tx, team);
  const words = `Delete the team ${team.name}`;
  await record(aboutTeam(team, { instruction: "deleteTeam", words, before }));
  await deleteTeam(tx, team.id);
}

async function applied(tx: Tx, team: Team, instruction: TeamInstruction): Promise<Team> {
  switch (instruction.kind) {
    case "updateName":
      return { ...team, name: instruction.value };
    case "updateDescription":
      return { ...team, description: instruction.value };
    case "addMembers":
    case "removeMembers":
    case "replaceMembers":
    case "addPermissionGrants":
    case "removePermissionGrants":
      await changeMembers(tx, team, instruction);
      return team;
    case "addCustomRoles":
    case "removeCustomRoles":
      return withRoles(tx, team, instruction);
    case "addRoleAttribute":
    case "updateRoleAttribute":
    case "removeRoleAttribute":
    case "replaceRoleAttributes":
      return withAttributes(team, instruction);
    default:
      return instruction satisfies never;
  }
}

type Of<Kind extends TeamInstruction["kind"]> = Extract<TeamInstruction, { kind: Kind }>;

async function changeMembers(
  tx: Tx,
  team: Team,
  instruction: Of<
    | "addMembers"
    | "removeMembers"
    | "replaceMembers"
    | "addPermissionGrants"
    | "removePermissionGrants"
  >,
): Promise<void> {
  const present = (await listMembersOf(tx, team.id)).map(({ id }) => id);
  switch (instruction.kind) {
    case "addMembers":
      return join(
        tx,
        team,
        instruction.values.filter((id) => !present.includes(id)),
        "member",
      );
    case "removeMembers":
      return setMembership(tx, { teamId: team.id, memberIds: instruction.values }, "nothing");
    case "replaceMembers": {
      const gone = present.filter((id) => !instruction.values.includes(id));
      await setMembership(tx, { teamId: team.id, memberIds: gone }, "nothing");
      const added = instruction.values.filter((id) => !present.includes(id));
      return join(tx, team, added, "member");
    }
    case "addPermissionGrants":
      return join(tx, team, instruction.memberIDs, "maintainer");
    case "removePermissionGrants": {
      const held = instruction.memberIDs.filter((id) => present.includes(id));
      return setMembership(tx, { teamId: team.id, memberIds: held }, "member");
    }
    default:
      return instruction satisfies never;
  }
}

async function withRoles(
  tx: Tx,
  team: Team,
  { kind, values }: Of<"addCustomRoles" | "removeCustomRoles">,
): Promise<Team> {
  const held = listFrom(team.custom_roles);
  const ids = await idsOfRoles(tx, values);
  const next =
    kind === "addCustomRoles"
      ? [...new Set([...held, ...ids])]
      : held.filter((id) => !ids.includes(id));
  return { ...team, custom_roles: JSON.stringify(next) };
}

function withAttributes(
  team: Team,
  instruction: Of<
    "addRoleAttribute" | "updateRoleAttribute" | "removeRoleAttribute" | "replaceRoleAttributes"
  >,
): Team {
  const attributes = new Map(Object.entries(attributesFrom(team.role_attributes)));
  switch (instruction.kind) {
    case "addRoleAttribute":
    case "updateRoleAttribute":
      attributes.set(instruction.key, instruction.values);
      break;
    case "removeRoleAttribute":
      attributes.delete(instruction.key);
      break;
    case "replaceRoleAttributes":
      return { ...team, role_attributes: JSON.stringify(instruction.value) };
    default:
      return instruction satisfies never;
  }
  return { ...team, role_attributes: JSON.stringify(Object.fromEntries(attributes)) };
}

/** Throws where somebody is no member of the account. */
async function join(
  tx: Tx,
  team: Team,
  memberIds: readonly string[],
  as: "member" | "maintainer",
): Promise<void> {
  for (const id of memberIds) await getMember(tx, id);
  await setMembership(tx, { teamId: team.id, memberIds }, as);
}

/** What the log keeps of a team. */
async function stateOf(db: Db, team: Team): Promise<object> {
  const members = await listMembersOf(db, team.id);
  return {
    name: team.name,
    description: team.description,
    customRoles: listFrom(team.custom_roles),
    roleAttributes: attributesFrom(team.role_attributes),
    members: members.map(({ id }) => id),
    maintainers: members.filter(({ is_maintainer }) => is_maintainer === 1).map(({ id }) => id),
  };
}

function aboutTeam(
  { key }: Team,
  change: Omit<AccountChange, "kind" | "key" | "resource">,
): Change {
  return accountChange({ kind: "team", key, resource: `team/${key}`, ...change });
}
