import { attributesFrom, listFrom } from "../access/member-policies.ts";
import { hashPassword, hashSecret, newSecret } from "../access/password.ts";
import type { Principal } from "../access/principal.ts";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { idsOfRoles } from "../roles/role-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { getTeam, setMembership } from "../teams/team-queries.ts";
import { insertInvitation } from "./invitation-queries.ts";
import { MemberSettings, type NewMember } from "./member.ts";
import {
  countOwners,
  deleteMember,
  findMemberByEmail,
  type Member,
  nameOf,
  saveMember,
} from "./member-queries.ts";

type RecordChange = (change: Change) => Promise<void>;

const invitationLastsMs = 14 * 24 * 3_600_000;

/** A member who was invited; the secret makes the link by which a password is chosen. */
export interface Invited {
  readonly member: Member;
  readonly secret: string | undefined;
}

export async function inviteMember(
  tx: Tx,
  record: RecordChange,
  { input, by, at }: { input: NewMember; by: Principal; at: number },
): Promise<Invited> {
  const email = input.email.toLowerCase();
  if ((await findMemberByEmail(tx, email)) !== undefined) {
    throw new DomainError("conflict", `there is a member with the address ${email} already`);
  }
  refuseOwnerByOthers(by, input.role);
  const member = await saveMember(tx, {
    id: newId(),
    email,
    first_name: input.firstName,
    last_name: input.lastName,
    role: input.role,
    password: input.password === undefined ? "" : await hashPassword(input.password),
    created_at: at,
    custom_roles: JSON.stringify(await idsOfRoles(tx, input.customRoles)),
    role_attributes: JSON.stringify(input.roleAttributes),
    last_seen_at: 0,
  });
  await joinTeams(tx, member, input.teamKeys);
  const secret = input.password === undefined ? await newInvitation(tx, member.id, at) : undefined;
  const after = settingsOf(member);
  const words = `Invite ${email} as ${input.role}`;
  await record(aboutMember(member, { instruction: "createMember", words, after }));
  return { member, secret };
}

/** A new link; former ones of the member hold no longer. */
export async function newInvitation(tx: Tx, memberId: string, at: number): Promise<string> {
  const secret = newSecret();
  await insertInvitation(tx, {
    hash: hashSecret(secret),
    member_id: memberId,
    created_at: at,
    expires_at: at + invitationLastsMs,
  });
  return secret;
}

export async function joinTeams(
  tx: Tx,
  member: Member,
  teamKeys: readonly string[],
): Promise<void> {
  for (const key of teamKeys) {
    const team = await getTeam(tx, key);
    await setMembership(tx, { teamId: team.id, memberIds: [member.id] }, "member");
  }
}

export async function changeMember(
  tx: Tx,
  record: RecordChange,
  {
    before,
    after,
    by,
    comment,
  }: {
    before: Member;
    after: MemberSettings;
    by: Principal;
    comment?: string | undefined;
  },
): Promise<Member> {
  if (after.role !== before.role) {
    refuseOwnerByOthers(by, after.role, before.role);
    await refuseLastOwner(tx, before, "another role");
  }
  const member = await saveMember(tx, {
    ...before,
    email: after.email.toLowerCase(),
    first_name: after.firstName,
    last_name: after.lastName,
    role: after.role,
    custom_roles: JSON.stringify(await idsOfRoles(tx, after.customRoles)),
    role_attributes: JSON.stringify(after.roleAttributes),
  });
  const [was, is] = [settingsOf(before), settingsOf(member)];
  if (JSON.stringify(was) === JSON.stringify(is)) return member;
  const words = `Change the member ${nameOf(member)}`;
  await record(
    aboutMember(member, { instruction: "updateMember", words, before: was, after: is, comment }),
  );
  return member;
}

export async function removeMember(
  tx: Tx,
  record: RecordChange,
  { member, by }: { member: Member; by: Principal },
): Promise<void> {
  refuseOwnerByOthers(by, member.role);
  await refuseLastOwner(tx, member, "nobody to take the place");
  await tx
    .deleteFrom("token")
    .where("member_id", "=", member.id)
    .where("service", "=", 0)
    .execute();
  await deleteMember(tx, member.id);
  const words = `Remove the member ${nameOf(member)}`;
  await record(
    aboutMember(member, { instruction: "deleteMember", words, before: settingsOf(member) }),
  );
}

export function settingsOf(member: Member): MemberSettings {
  return MemberSettings.parse({
    email: member.email,
    firstName: member.first_name,
    lastName: member.last_name,
    role: member.role,
    customRoles: [...listFrom(member.custom_roles)],
    roleAttributes: attributesFrom(member.role_attributes),
  });
}

/** Only an owner makes owners and unmakes them; a service token of that role counts as one. */
function refuseOwnerByOthers(by: Principal, ...roles: string[]): void {
  if (!roles.includes("owner")) return;
  if (by.role === "owner") return;
  throw new DomainError("forbidden", "only an owner makes or changes owners; ask one");
}

async function refuseLastOwner(db: Db, member: Member, wanted: string): Promise<void> {
  if (member.role !== "owner" || (await countOwners(db)) > 1) return;
  throw new DomainError(
    "conflict",
    `${nameOf(member)} is the only owner and cannot get ${wanted}; make another member an owner first`,
  );
}

export function aboutMember(
  { id }: Member,
  change: Omit<AccountChange, "kind" | "key" | "resource">,
): Change {
  return accountChange({ kind: "member", key: id, resource: `member/${id}`, ...change });
}
