import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import type { Statement } from "../roles/statement.ts";

export interface AccessToken {
  readonly _id: string;
  readonly name: string;
  readonly description: string;
  /** What it may: a base role, custom roles, or statements of its own. */
  readonly role?: string;
  readonly customRoleIds?: readonly string[];
  readonly inlineRole?: readonly Statement[];
  /** The whole secret in the answer that makes it; later its end alone. */
  readonly token: string;
  readonly serviceToken: boolean;
  /** Who made it; absent where no person did. */
  readonly _member?: {
    readonly _id: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
  };
  /** Unix milliseconds, like all below; 0 for never. */
  readonly lastUsed: number;
  readonly creationDate: number;
  readonly expiresAt?: number;
}

export const tokensPath = "/api/v2/tokens";
export const allTokens = resource<Items<AccessToken>>(`${tokensPath}?limit=10000`);
export const tokenPath = (id: string, ...rest: readonly string[]) => apiPath("tokens", id, ...rest);

export const tokenKinds = ["personal", "service"] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** What the list is narrowed to; it stands in the address. */
export interface TokenFilter {
  readonly q?: string | undefined;
  readonly kind?: TokenKind | undefined;
}

export interface TokensSearch extends TokenFilter {
  readonly create?: true | undefined;
}

export function tokensSearch(search: Readonly<Record<string, unknown>>): TokensSearch {
  const kind = tokenKinds.find((one) => one === search["kind"]);
  const { q, create } = search;
  return {
    ...(typeof q === "string" && q !== "" ? { q } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(create === true ? { create } : {}),
  };
}

export function tokensThat(
  tokens: readonly AccessToken[],
  { q = "", kind }: TokenFilter,
): readonly AccessToken[] {
  const words = q.toLowerCase().split(/\s+/u);
  return tokens.filter((token) => {
    const text = [token.name, token.description, makerOf(token), token.token.slice(-4)]
      .join(" ")
      .toLowerCase();
    const isOfKind = kind === undefined || token.serviceToken === (kind === "service");
    return isOfKind && words.every((word) => text.includes(word));
  });
}

/** Who made it; empty where no person did. */
export function makerOf({ _member }: AccessToken): string {
  if (_member === undefined) return "";
  return `${_member.firstName} ${_member.lastName}`.trim() || _member.email;
}

/** `••••` and the last four. */
export function endingOf({ token }: AccessToken): string {
  return `••••${token.slice(-4)}`;
}

const dayMs = 86_400_000;
export const lifetimes = ["never", "7", "30", "90", "365", "day"] as const;
export type Lifetime = (typeof lifetimes)[number];

/** When a token ends that is made now; undefined where it holds until it is deleted. */
export function expiryOf(lifetime: Lifetime, day: string, now: number): number | undefined {
  if (lifetime === "never") return undefined;
  if (lifetime !== "day") return now + Number(lifetime) * dayMs;
  // The end of that day, where the person is.
  const at = new Date(`${day}T23:59:59`).getTime();
  return Number.isNaN(at) ? undefined : at;
}
