import type { IncomingHttpHeaders } from "node:http";
import { DomainError } from "../errors.ts";
import { findMember, type Member, nameOf } from "../members/member-queries.ts";
import { rolesWithIds } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { findMemberBySession, findToken, type Token } from "./access-queries.ts";
import { policiesOfBaseRole } from "./base-role.ts";
import { listFrom, policiesOfMember, policyOfRole, withReading } from "./member-policies.ts";
import { hashSecret } from "./password.ts";
import { compilePolicy, type Policy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import { statementsIn } from "./token-changes.ts";

export const sessionCookie = "halyard_session";

/** What a request is known by. */
export interface Credentials {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** Who asks; throws where nobody is known by the credentials. */
export async function authenticate(db: Db, request: Credentials, now: number): Promise<Principal> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return byToken(db, authorization.replace(/^Bearer /iu, ""), now);
  const session = sessionOf(request);
  const member =
    session === undefined ? undefined : await findMemberBySession(db, hashSecret(session), now);
  if (member === undefined) {
    throw new DomainError(
      "unauthorized",
      "sign in, or send an access token in the Authorization header",
    );
  }
  refuseForeignOrigin(request);
  return principalOfMember(db, member);
}

/** A member, and what they may now. */
export async function principalOfMember(db: Db, member: Member): Promise<Principal> {
  const { id, role } = member;
  const actor = { kind: "member", id, name: nameOf(member) } as const;
  return { actor, memberId: id, role, layers: [await policiesOfMember(db, member)] };
}

async function byToken(db: Db, secret: string, now: number): Promise<Principal> {
  const token = await findToken(db, hashSecret(secret));
  if (token === undefined) throw new DomainError("unauthorized", wordsForUnknown(secret));
  if (token.expires_at !== null && token.expires_at <= now) {
    throw new DomainError("unauthorized", "the access token has expired; make a new one");
  }
  return principalOfToken(db, token);
}

/** Who a token stands for, and what it may now. */
export async function principalOfToken(db: Db, token: Token): Promise<Principal> {
  const { id, name, role, member_id, service } = token;
  const isPersonal = service === 0 && member_id !== null;
  const whose = isPersonal ? { memberId: member_id } : {};
  const actor = { kind: "token", id, name, ...whose } as const;
  const own = await policiesOfToken(db, token);
  if (service === 1 || member_id === null) {
    return { actor, memberId: undefined, role, layers: [own] };
  }
  const member = await findMember(db, member_id);
  const policies = member === undefined ? [] : await policiesOfMember(db, member);
  return { actor, memberId: member_id, role, layers: [own, policies] };
}

async function policiesOfToken(db: Db, token: Token): Promise<readonly Policy[]> {
  if (token.policy !== null) return [compilePolicy(withReading(statementsIn(token), "reader"))];
  if (token.role !== "") return [...policiesOfBaseRole(token.role)];
  const roles = await rolesWithIds(db, listFrom(token.custom_roles));
  return roles.map((role) => policyOfRole(role));
}

function wordsForUnknown(secret: string): string {
  return /^(sdk|mob)-/u.test(secret)
    ? "an SDK key does not open the REST API; use an access token"
    : "the access token is not known here; check that it is whole, or make a new one";
}

/** The secret in the session's cookie. */
export function sessionOf({ headers }: Credentials): string | undefined {
  const cookies = (headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
  const found = cookies.find((cookie) => cookie.startsWith(`${sessionCookie}=`));
  return found?.slice(sessionCookie.length + 1);
}

/** A cookie goes along with what other sites send, so an unsafe request has to come from our own pages. */
export function refuseForeignOrigin({ method, headers }: Credentials): void {
  if (method === "GET" || method === "HEAD") return;
  const site = headers["sec-fetch-site"];
  const isOwn =
    site === undefined
      ? headers.origin === undefined ||
        (headers.host !== undefined && hostOf(headers.origin) === headers.host)
      : site === "same-origin" || site === "none";
  if (!isOwn)
    throw new DomainError(
      "forbidden",
      "the request came from another site; use Halyard's own pages, or an access token",
    );
}

/** The host of an origin; undefined for `null` and for what is none. */
function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}
