import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";

export interface Member {
  readonly _id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** The base role. */
  readonly role: string;
  /** Ids of custom roles. */
  readonly customRoles: readonly string[];
  readonly mfa: "enabled" | "disabled";
  readonly teams: readonly { readonly key: string; readonly name: string }[];
  readonly isActive: boolean;
  readonly creationDate: number;
  readonly _pendingInvite: boolean;
  /** Unix milliseconds; 0 for never. */
  readonly _lastSeen: number;
}

export const membersPath = "/api/v2/members";
export const allMembers = resource<Items<Member>>(`${membersPath}?limit=10000&sort=displayName`);
export const memberPath = (id: string, ...rest: readonly string[]) =>
  apiPath("members", id, ...rest);

/** The name, or the address of who has not told one. */
export function memberName({ firstName, lastName, email }: Member): string {
  return `${firstName} ${lastName}`.trim() || email;
}

export const memberStates = ["active", "invited", "suspended"] as const;
export type MemberState = (typeof memberStates)[number];

export function memberState({ isActive, _pendingInvite }: Member): MemberState {
  if (!isActive) return "suspended";
  return _pendingInvite ? "invited" : "active";
}

/** What the list is narrowed to; it stands in the address. */
export interface MemberFilter {
  readonly q?: string | undefined;
  /** A base role, or the id of a custom role. */
  readonly role?: string | undefined;
  readonly state?: MemberState | undefined;
}

export function membersThat(
  members: readonly Member[],
  { q = "", role, state }: MemberFilter,
): readonly Member[] {
  const words = q.toLowerCase().split(/\s+/u);
  return members.filter((member) => {
    const text = [memberName(member), member.email, ...member.teams.map(({ name }) => name)]
      .join(" ")
      .toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (role === undefined || member.role === role || member.customRoles.includes(role)) &&
      (state === undefined || memberState(member) === state)
    );
  });
}

const asAddress = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/u;

/** The address in what people paste: `Ada Lovelace <ada@example.com>` is one too. */
export function addressIn(text: string): string {
  return (/<([^<>]+)>/u.exec(text)?.[1] ?? text).trim().replace(/^mailto:/iu, "");
}

/** The addresses in what was typed or pasted, each once; mail programs part them by semicolons. */
export function addressesIn(texts: readonly string[]): readonly string[] {
  const addresses = texts.flatMap((text) => text.split(";")).map(addressIn);
  return [...new Set(addresses.filter((address) => address !== ""))];
}

/** Those that cannot be addresses. */
export function wrongAddresses(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => !asAddress.test(text));
}
