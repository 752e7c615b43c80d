import { attributesFrom, listFrom } from "../access/member-policies.ts";
import { hashChosenPassword, hashSecret, newSecret } from "../access/password.ts";
import type { Principal } from "../access/principal.ts";
import { hasSecondFactor } from "../access/second-factor-queries.ts";
import { deleteSessionsOf } from "../access/session-queries.ts";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, Changes, RecordChange } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { leaveFlags } from "../flags/maintained-flags.ts";
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

/** What the routes of members are given. */
export interface MemberParts {
  readonly db: Db;
  readonly changes: Changes;
}

const invitationLastsMs = 14 * 24 * 3_600_000;
const passwordLinkLastsMs = 24 * 3_600_000;

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
  refuseOwnerByOthers(by, input.role);
  const password = input.password === undefined ? "" : await hashChosenPassword(input.password);
  const member = await addMember(tx, record, { ...input, password, at });
  await joinTeams(tx, member, input.teamKeys);
  const secret = input.password === undefined ? await newInvitation(tx, member.id, at) : undefined;
  return { member, secret };
}

interface Addition extends MemberSettings {
  /** The hash; empty where the member has none. */
  readonly password: string;
  readonly externalId?: string | undefined;
  readonly at: number;
}

/** A member, as somebody invites one or an identity provider brings one. */
export async function addMember(
  tx: Tx,
  record: RecordChange,
  { password, externalId, at, ...settings }: Addition,
): Promise<Member> {
  const email = settings.email.toLowerCase();
  if ((await findMemberByEmail(tx, email)) !== undefined) {
    throw new DomainError("conflict", `there is a member with the address ${email} already`);
  }
  const member = await saveMember(tx, {
    id: newId(),
    email,
    first_name: settings.firstName,
    last_name: settings.lastName,
    role: settings.role,
    password,
    created_at: at,
    custom_roles: JSON.stringify(await idsOfRoles(tx, settings.customRoles)),
    role_attributes: JSON.stringify(settings.roleAttributes),
    last_seen_at: 0,
    is_active: 1,
    external_id: externalId ?? null,
  });
  const after = settingsOf(member);
  const words = `Invite ${email} as ${settings.role}`;
  await record(aboutMember(member, { instruction: "createMember", words, after }));
  return member;
}

/** A new link; former ones of the member hold no longer. */
export async function newInvitation(
  tx: Tx,
  memberId: string,
  at: number,
  lastsMs = invitationLastsMs,
): Promise<string> {
  const secret = newSecret();
  await insertInvitation(tx, {
    hash: hashSecret(secret),
    member_id: memberId,
    created_at: at,
    expires_at: at + lastsMs,
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
    // A session that was opened with fewer rights is not carried on with more.
    await deleteSessionsOf(tx, before.id);
  }
  const email = after.email.toLowerCase();
  if (email !== before.email && (await findMemberByEmail(tx, email)) !== undefined) {
    throw new DomainError("conflict", `there is a member with the address ${email} already`);
  }
  const member = await saveMember(tx, {
    ...before,
    email,
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
  { member, by, at }: { member: Member; by: Principal; at: number },
): Promise<void> {
  refuseOwnerByOthers(by, member.role);
  await refuseLastOwner(tx, member, "nobody to take the place");
  await tx
    .deleteFrom("token")
    .where("member_id", "=", member.id)
    .where("service", "=", 0)
    .execute();
  await leaveFlags(tx, record, { memberId: member.id, at });
  await deleteMember(tx, member.id);
  const words = `Remove the member ${nameOf(member)}`;
  await record(
    aboutMember(member, { instruction: "deleteMember", words, before: settingsOf(member) }),
  );
}

/** Lets a member in no more, without forgetting who it was, or lets the member in again. */
export async function setMemberActive(
  tx: Tx,
  record: RecordChange,
  { member, isActive, by }: { member: Member; isActive: boolean; by: Principal },
): Promise<Member> {
  if ((member.is_active === 1) === isActive) return member;
  refuseOwnerByOthers(by, member.role);
  if (!isActive) {
    await refuseLastOwner(tx, member, "locked out");
    await deleteSessionsOf(tx, member.id);
  }
  const words = `${isActive ? "Let in" : "Lock out"} the member ${nameOf(member)}`;
  const instruction = isActive ? "activateMember" : "deactivateMember";
  const states = { before: { isActive: !isActive }, after: { isActive } };
  await record(aboutMember(member, { instruction, words, ...states }));
  return saveMember(tx, { ...member, is_active: isActive ? 1 : 0 });
}

/** That a member has chosen a new password; of the password itself nothing is kept. */
export async function recordPasswordChange(record: RecordChange, member: Member): Promise<void> {
  const words = `Change the own password (${nameOf(member)})`;
  const settings = settingsOf(member);
  const states = { before: settings, after: settings };
  await record(aboutMember(member, { instruction: "updatePassword", words, ...states }));
}

/** That a second factor came, went, or was taken away; to be called before it is. */
export async function recordSecondFactor(
  tx: Tx,
  record: RecordChange,
  { member, instruction }: { member: Member; instruction: keyof typeof secondFactorVerbs },
): Promise<void> {
  const words = `${secondFactorVerbs[instruction]} the second factor of ${nameOf(member)}`;
  const before = { mfa: (await hasSecondFactor(tx, member.id)) ? "enabled" : "disabled" };
  const after = { mfa: instruction === "enableMfa" ? "enabled" : "disabled" };
  await record(aboutMember(member, { instruction, words, before, after }));
}

const secondFactorVerbs = {
  enableMfa: "Add",
  disableMfa: "Remove",
  resetMemberMfa: "Reset",
} as const;

/** A link by which a member chooses a new password; the one so far holds until then. */
export async function newPasswordLink(
  tx: Tx,
  record: RecordChange,
  { member, by, at }: { member: Member; by: Principal; at: number },
): Promise<string> {
  refuseOwnerByOthers(by, member.role);
  const words = `Make a link for a new password of ${nameOf(member)}`;
  const settings = settingsOf(member);
  const states = { before: settings, after: settings };
  await record(aboutMember(member, { instruction: "resetMemberPassword", words, ...states }));
  return newInvitation(tx, member.id, at, passwordLinkLastsMs);
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
export function refuseOwnerByOthers(by: Principal, ...roles: string[]): void {
  if (!roles.includes("owner")) return;
  if (by.role === "owner") return;
  throw new DomainError("forbidden", "only an owner makes or changes owners; ask one");
}

async function refuseLastOwner(db: Db, member: Member, wanted: string): Promise<void> {
  if (member.role !== "owner" || member.is_active === 0 || (await countOwners(db)) > 1) return;
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
