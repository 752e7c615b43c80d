import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { readSetting, requiresSso } from "../access/account-settings.ts";
import { identityProvider } from "../access/principal.ts";
import { cookieIn, endingCookie, openSession, sessionOf, visitorOf } from "../access/session.ts";
import { deleteSession } from "../access/session-queries.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";
import { callbackOf, signInPageOf } from "./addresses.ts";
import { authorizationUrl, endSessionUrl, newAttempt, redeem } from "./provider.ts";
import { refusalPage } from "./refusal-page.ts";
import { memberOf } from "./sso-members.ts";
import { insertAttempt, takeAttempt } from "./sso-queries.ts";
import { findSso, type SsoSettings } from "./sso-settings.ts";

const path = "/api/sso";
const cookieName = "halyard_sso";
const { actor } = identityProvider;

export interface SsoParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly isSecure: boolean;
  readonly baseUrl: string | undefined;
  /** What the environment says; it counts before the account's own settings. */
  readonly sso: SsoSettings | undefined;
}

/** Signing in by an identity provider: OpenID Connect, authorisation code with PKCE. */
export const ssoRoutes: FastifyPluginAsyncZod<SsoParts> = async (app, parts) => {
  const { db, changes, isSecure, baseUrl } = parts;
  app.setErrorHandler(refusalPage);

  app.get(path, async () => ({
    isOn: (await findSso(db, parts.sso)) !== undefined,
    isRequired: await readSetting(db, requiresSso),
  }));

  const querystring = z.object({ returnTo: z.string().optional() });
  app.get(`${path}/start`, { schema: { querystring } }, async (request, reply) => {
    const settings = await getSso(parts);
    const attempt = newAttempt();
    const location = await authorizationUrl(settings, attempt, callbackOf(request, baseUrl));
    const returnTo = ownPath(request.query.returnTo);
    const { now } = changes;
    await changes.write(actor, (tx) => insertAttempt(tx, attempt, { returnTo, now }));
    const cookie = attemptCookie(attempt.state, isSecure, 600);
    return reply.header("set-cookie", cookie).redirect(location);
  });

  app.get(`${path}/callback`, async (request, reply) => {
    const settings = await getSso(parts);
    const url = new URL(request.url, callbackOf(request, baseUrl));
    const state = url.searchParams.get("state") ?? "";
    const isOwnBrowser = state !== "" && cookieIn(request.headers, cookieName) === state;
    const attempt = isOwnBrowser
      ? await changes.write(actor, (tx) => takeAttempt(tx, state, changes.now))
      : undefined;
    if (attempt === undefined) {
      throw new DomainError(
        "unauthorized",
        "this sign-in was begun elsewhere, has been used, or took too long; sign in again",
      );
    }
    refuseProvidersError(url);
    const claims = await redeem(settings, attempt, url);
    const { now } = changes;
    const former = sessionOf(request);
    const cookie = await changes.write(actor, async (tx, record) => {
      const member = await memberOf(tx, record, { settings, claims, at: now });
      if (former !== undefined) await deleteSession(tx, former);
      const opening = { now, isSecure, isBySso: true, ...visitorOf(request) };
      return openSession(tx, member, opening);
    });
    const cookies = [cookie, attemptCookie("", isSecure, 0)];
    return reply.header("set-cookie", cookies).redirect(attempt.returnTo);
  });

  app.post(`${path}/logout`, async (request, reply) => {
    const settings = await getSso(parts);
    const secret = sessionOf(request);
    if (secret !== undefined) await changes.write(actor, (tx) => deleteSession(tx, secret));
    const login = signInPageOf(request, baseUrl);
    const location = (await endSessionUrl(settings, login)) ?? login;
    return reply.header("set-cookie", endingCookie(isSecure)).send({ location });
  });
};

async function getSso({ db, sso }: SsoParts): Promise<SsoSettings> {
  const settings = await findSso(db, sso);
  if (settings !== undefined) return settings;
  throw new DomainError("not_found", "single sign-on is not set up; sign in with a password");
}

/** Where to go afterwards: a page of ours, never another site. */
function ownPath(wanted = "/"): string {
  const url = wanted.startsWith("/") ? URL.parse(wanted, "http://here.invalid") : null;
  // Two slashes at the beginning name a host, and dots that are resolved can leave two behind.
  if (url?.host !== "here.invalid" || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

function refuseProvidersError(url: URL): void {
  const error = url.searchParams.get("error");
  if (error === null) return;
  throw new DomainError(
    "unauthorized",
    `the identity provider has not let you in (${error.slice(0, 64)}); sign in again`,
  );
}

/** SameSite=Lax lets the cookie come along when the provider sends the browser back. */
function attemptCookie(state: string, isSecure: boolean, maxAgeSeconds: number): string {
  const secure = isSecure ? "; Secure" : "";
  return `${cookieName}=${state}${secure}; Path=${path}; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`;
}
