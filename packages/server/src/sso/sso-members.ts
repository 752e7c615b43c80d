import { identityProvider } from "../access/principal.ts";
import type { RecordChange } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { addMember, changeMember, settingsOf } from "../members/member-changes.ts";
import { findMemberByEmail, getMember, type Member } from "../members/member-queries.ts";
import type { Tx } from "../storage/database.ts";
import { instructTeam } from "../teams/team-changes.ts";
import { findTeam, listTeamsOf } from "../teams/team-queries.ts";
import type { Claims } from "./provider.ts";
import { findMemberIdOf, insertIdentity } from "./sso-queries.ts";
import type { SsoSettings } from "./sso-settings.ts";

/** Weakest first: of several roles the strongest counts. */
const ranks = ["no_access", "reader", "writer", "admin"] as const;

interface Arrival {
  readonly settings: SsoSettings;
  readonly claims: Claims;
  readonly at: number;
}

/** The member who comes by the provider: the one known by the subject, by the address, or a new one. */
export async function memberOf(
  tx: Tx,
  record: RecordChange,
  { settings, claims, at }: Arrival,
): Promise<Member> {
  refuseAddress(settings, claims);
  const identity = { issuer: settings.issuer, subject: claims.sub };
  const knownId = await findMemberIdOf(tx, identity);
  const known =
    knownId === undefined
      ? await findMemberByEmail(tx, claims.email)
      : await getMember(tx, knownId);
  const member = known ?? (await newMember(tx, record, { settings, claims, at }));
  if (knownId === undefined) await insertIdentity(tx, identity, member.id);
  if (member.is_active === 0) {
    throw new DomainError("forbidden", `${member.email} may not come in any more; ask an admin`);
  }
  const mapped = await withMappedRole(tx, record, { member, settings, claims });
  await joinMappedTeams(tx, record, { settings, claims, at, member: mapped });
  return mapped;
}

function refuseAddress(settings: SsoSettings, { email, email_verified }: Claims): void {
  if (email_verified !== true && !settings.trustsEmails) {
    throw new DomainError(
      "forbidden",
      `the identity provider does not say that ${email} is verified; verify the address there`,
    );
  }
  const domain = email.split("@").at(-1)?.toLowerCase() ?? "";
  const { allowedDomains } = settings;
  if (allowedDomains.length === 0 || allowedDomains.includes(domain)) return;
  throw new DomainError("forbidden", `addresses of ${domain} are not let in; ask an admin`);
}

async function newMember(
  tx: Tx,
  record: RecordChange,
  { settings, claims, at }: Arrival,
): Promise<Member> {
  return addMember(tx, record, {
    email: claims.email,
    firstName: claims.given_name ?? "",
    lastName: claims.family_name ?? "",
    role: mappedRole(settings, claims) ?? settings.defaultRole,
    customRoles: [],
    roleAttributes: {},
    password: "",
    at,
  });
}

async function withMappedRole(
  tx: Tx,
  record: RecordChange,
  { member, settings, claims }: { member: Member; settings: SsoSettings; claims: Claims },
): Promise<Member> {
  const role = mappedRole(settings, claims);
  // Owners are made and unmade by owners alone.
  if (role === undefined || role === member.role || member.role === "owner") return member;
  const after = { ...settingsOf(member), role };
  return changeMember(tx, record, { before: member, after, by: identityProvider });
}

async function joinMappedTeams(
  tx: Tx,
  record: RecordChange,
  { member, settings, claims, at }: Arrival & { readonly member: Member },
): Promise<void> {
  if (settings.teamClaim === undefined) return;
  const claimed = valuesOf(claims, settings.teamClaim).map((value) => settings.teams[value]);
  const present = (await listTeamsOf(tx, member.id)).map(({ key }) => key);
  for (const key of new Set(Object.values(settings.teams))) {
    const isWanted = claimed.includes(key);
    const team = isWanted === present.includes(key) ? undefined : await findTeam(tx, key);
    if (team === undefined) continue;
    const kind = isWanted ? "addMembers" : "removeMembers";
    await instructTeam(tx, record, { team, instructions: [{ kind, values: [member.id] }], at });
  }
}

function mappedRole(settings: SsoSettings, claims: Claims) {
  if (settings.roleClaim === undefined) return undefined;
  const given = valuesOf(claims, settings.roleClaim).map((value) => settings.roles[value]);
  return ranks.findLast((rank) => given.includes(rank));
}

/** A claim holds one text or a list of them. */
function valuesOf(claims: Claims, name: string): readonly string[] {
  const value = claims[name];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === "string");
}
