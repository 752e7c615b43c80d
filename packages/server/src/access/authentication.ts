import type { IncomingHttpHeaders } from "node:http";
import { DomainError } from "../errors.ts";
import { findMember, type Member, nameOf } from "../members/member-queries.ts";
import { rolesWithIds } from "../roles/role-queries.ts";
import type { Db } from "../storage/database.ts";
import { findToken, type Token } from "./access-queries.ts";
import { readSetting, requiresSecondFactor } from "./account-settings.ts";
import { policiesOfBaseRole } from "./base-role.ts";
import { listFrom, policiesOfMember, policyOfRole, withReading } from "./member-policies.ts";
import { hashSecret } from "./password.ts";
import { compilePolicy, type Policy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import { hasSecondFactor } from "./second-factor-queries.ts";
import { sessionOf } from "./session.ts";
import { findSession, type Session } from "./session-queries.ts";
import { statementsIn } from "./token-changes.ts";

/** What a request is known by. */
export interface Credentials {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** Who asks; throws where nobody is known by the credentials. */
export async function authenticate(db: Db, request: Credentials, now: number): Promise<Principal> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return byToken(db, authorization.replace(/^Bearer /iu, ""), now);
  const found = await getSession(db, request, now);
  refuseForeignOrigin(request);
  if (await lacksSecondFactor(db, found)) {
    throw new DomainError(
      "second_factor_required",
      "the account asks everybody for a second factor; add an authenticator app first",
    );
  }
  const { session, member } = found;
  const credential = { kind: "session", id: session.id } as const;
  return { ...(await principalOfMember(db, member)), credential };
}

/** A member, and what they may now. */
export async function principalOfMember(db: Db, member: Member): Promise<Principal> {
  const { id, role } = member;
  const actor = { kind: "member", id, name: nameOf(member) } as const;
  return { actor, memberId: id, role, layers: [await policiesOfMember(db, member)] };
}

interface SignedIn {
  readonly session: Session;
  readonly member: Member;
}

/** Who is signed in; throws where nobody is. */
export async function getSession(db: Db, request: Credentials, now: number): Promise<SignedIn> {
  const secret = sessionOf(request);
  const found = secret === undefined ? undefined : await findSession(db, secret, now);
  if (found !== undefined) return found;
  throw new DomainError(
    "unauthorized",
    "sign in, or send an access token in the Authorization header",
  );
}

/** Whether the member has to add a second factor before anything else; a provider asks for its own. */
export async function lacksSecondFactor(
  db: Db,
  { session, member }: { readonly session: Session; readonly member: Member },
): Promise<boolean> {
  if (session.is_by_sso === 1 || !(await readSetting(db, requiresSecondFactor))) return false;
  return !(await hasSecondFactor(db, member.id));
}

async function byToken(db: Db, secret: string, now: number): Promise<Principal> {
  const token = await findToken(db, hashSecret(secret));
  if (token === undefined) throw new DomainError("unauthorized", wordsForUnknown(secret));
  if (token.expires_at !== null && token.expires_at <= now) {
    throw new DomainError("unauthorized", "the access token has expired; make a new one");
  }
  return { ...(await principalOfToken(db, token)), credential: { kind: "token", id: token.id } };
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
  if (member === undefined || member.is_active === 0) {
    throw new DomainError("unauthorized", "the token's member may not come in any more");
  }
  const policies = await policiesOfMember(db, member);
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

/** What a form of any page can send; a script of another site has to ask before it sends anything else. */
const sentByForms = /^(text\/plain|application\/x-www-form-urlencoded|multipart\/form-data)/iu;

/** A cookie goes along with what other sites send, so an unsafe request has to come from our own pages. */
export function refuseForeignOrigin({ method, headers }: Credentials): void {
  if (method === "GET" || method === "HEAD") return;
  if (sentByForms.test(headers["content-type"] ?? "")) {
    throw new DomainError("forbidden", "with a session, send application/json instead of a form");
  }
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
