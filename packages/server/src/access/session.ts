import type { IncomingHttpHeaders } from "node:http";
import type { FastifyRequest } from "fastify";
import type { Actor } from "../changes/feed.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { originOf } from "../http/request-headers.ts";
import { type Member, nameOf } from "../members/member-queries.ts";
import type { Tx } from "../storage/database.ts";
import { readSetting, requiresSso } from "./account-settings.ts";
import { hashSecret, newSecret } from "./password.ts";
import { insertSession } from "./session-queries.ts";

const cookieName = "halyard_session";
/** Browsers take a cookie of such a name only from the host itself, over HTTPS. */
const hostCookieName = `__Host-${cookieName}`;
/** How long a session lasts at most. */
const lastsMs = 7 * 24 * 3_600_000;

/** From where somebody comes. */
export interface Visitor {
  readonly address: string;
  readonly userAgent: string;
}

export function visitorOf({ ip, headers }: Pick<FastifyRequest, "ip" | "headers">): Visitor {
  return { address: ip, userAgent: headers["user-agent"] ?? "" };
}

/** The one who comes in is who acts. */
export function actorFor(member: Member, request: FastifyRequest): Actor {
  return { kind: "member", id: member.id, name: nameOf(member), origin: originOf(request) };
}

interface Opening extends Visitor {
  readonly isBySso?: boolean;
  readonly now: number;
  /** Whether people reach the server over HTTPS. */
  readonly isSecure: boolean;
}

/** Begins a session, always under a new secret; gives the cookie. */
export async function openSession(tx: Tx, member: Member, opening: Opening): Promise<string> {
  const { now, address, userAgent, isSecure, isBySso = false } = opening;
  // An owner keeps the password, so that a provider in trouble locks nobody out for good.
  if (!isBySso && member.role !== "owner" && (await readSetting(tx, requiresSso))) {
    throw new DomainError(
      "forbidden",
      "this account takes single sign-on instead of passwords; sign in by it, or ask an owner",
    );
  }
  const secret = newSecret();
  await insertSession(tx, {
    id: newId(),
    hash: hashSecret(isSecure ? hostSecret(secret) : secret),
    member_id: member.id,
    created_at: now,
    expires_at: now + lastsMs,
    last_seen_at: now,
    address,
    user_agent: userAgent.slice(0, 256),
    is_by_sso: isBySso ? 1 : 0,
  });
  return cookie(secret, { isSecure, maxAgeSeconds: lastsMs / 1000 });
}

/** The cookie that takes the session's away. */
export function endingCookie(isSecure: boolean): string {
  return cookie("", { isSecure, maxAgeSeconds: 0 });
}

/** What a session is known by, from the request's cookie. */
export function sessionOf({
  headers,
}: {
  readonly headers: IncomingHttpHeaders;
}): string | undefined {
  const onHost = cookieIn(headers, hostCookieName);
  return onHost === undefined ? cookieIn(headers, cookieName) : hostSecret(onHost);
}

/**
 * The name is part of what is kept of a secret that was given out over HTTPS: another host of the
 * domain can set a cookie of the plain name, and it must not open such a session.
 */
function hostSecret(secret: string): string {
  return `${hostCookieName}=${secret}`;
}

export function cookieIn({ cookie: header = "" }: IncomingHttpHeaders, name: string) {
  const cookies = header.split(";").map((one) => one.trim());
  return cookies.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}

function cookie(
  value: string,
  { isSecure, maxAgeSeconds }: { isSecure: boolean; maxAgeSeconds: number },
): string {
  const named = isSecure ? `${hostCookieName}=${value}; Secure` : `${cookieName}=${value}`;
  return `${named}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`;
}
