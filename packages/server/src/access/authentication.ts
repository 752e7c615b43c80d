import type { IncomingHttpHeaders } from "node:http";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";
import { findMemberBySession, findToken } from "./access-queries.ts";
import { policiesOfBaseRole } from "./base-role.ts";
import { hashSecret } from "./password.ts";
import type { Principal } from "./principal.ts";

export const sessionCookie = "halyard_session";

/** What a request is known by. */
export interface Credentials {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** Who asks; throws where nobody is known by the credentials. */
export async function authenticate(db: Db, request: Credentials, now: number): Promise<Principal> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return byToken(db, authorization.replace(/^Bearer /iu, ""));
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
  const { id, name, role } = member;
  const actor = { kind: "member", id, name } as const;
  return { actor, memberId: id, layers: [policiesOfBaseRole(role)] };
}

async function byToken(db: Db, secret: string): Promise<Principal> {
  const token = await findToken(db, hashSecret(secret));
  if (token !== undefined) {
    const { id, name, role } = token;
    const actor = { kind: "token", id, name } as const;
    return { actor, memberId: undefined, layers: [policiesOfBaseRole(role)] };
  }
  const isSdkKey = /^(sdk|mob)-/u.test(secret);
  throw new DomainError(
    "unauthorized",
    isSdkKey
      ? "an SDK key does not open the REST API; use an access token"
      : "the access token is not known here; check that it is whole, or make a new one",
  );
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
