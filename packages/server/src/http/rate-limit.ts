import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sessionOf } from "../access/session.ts";
import { DomainError } from "../errors.ts";
import { type Admission, TokenBuckets } from "./token-bucket.ts";

const signInsPerMinute = 10;
const waysPerMinute = 60;
/** Who comes back after a rest may do this many seconds' worth at once, half of it on one route. */
const burstSeconds = 10;

interface RateLimitParts {
  /** Requests a second for each token or session; 0 takes the limit off. */
  readonly perSecond: number;
  readonly now: () => number;
}

/** Holds each token and session to a rate, over all and on each route, and says what is left. */
export function limitRates(app: FastifyInstance, { perSecond, now }: RateLimitParts): void {
  if (perSecond === 0) return;
  const burst = Math.max(2, Math.ceil(perSecond * burstSeconds));
  const overall = new TokenBuckets({ perSecond, burst }, now);
  const byRoute = new TokenBuckets({ perSecond, burst: burst / 2 }, now);
  app.addHook("onRequest", async (request, reply) => {
    const key = credentialOf(request);
    const route = `${key} ${request.method} ${request.routeOptions.url}`;
    const whole = overall.look(key);
    const onRoute = whole.isAdmitted ? byRoute.take(route) : byRoute.look(route);
    const after = whole.isAdmitted && onRoute.isAdmitted ? overall.take(key) : whole;
    sayRates(reply, { overall: after, onRoute, now: now() });
    if (!after.isAdmitted || !onRoute.isAdmitted) throw tooMany(reply, [after, onRoute]);
  });
}

/**
 * Holds guesses of one account's password from one address to ten a minute, and ways through the
 * identity provider to sixty, for each makes the server ask the provider.
 */
export function limitSignIns(app: FastifyInstance, now: () => number): void {
  const rate = { perSecond: signInsPerMinute / 60, burst: signInsPerMinute };
  const guesses = new TokenBuckets(rate, now);
  const ways = new TokenBuckets({ perSecond: 1, burst: waysPerMinute }, now);
  app.addHook("onRequest", async (request, reply) => {
    if (request.routeOptions.url?.startsWith("/api/sso/") !== true) return;
    const admission = ways.take(request.ip);
    if (!admission.isAdmitted) throw tooMany(reply, [admission]);
  });
  app.addHook("preValidation", async (request, reply) => {
    if (request.method !== "POST" || request.routeOptions.url !== "/api/session") return;
    const { body } = request;
    const email = typeof body === "object" && body !== null && "email" in body ? body.email : "";
    const admission = guesses.take(digestOf(`${request.ip} ${String(email).toLowerCase()}`));
    if (!admission.isAdmitted) throw tooMany(reply, [admission]);
  });
}

/** By what comes with the request, so that nobody is looked up before the limit has been asked. */
function credentialOf(request: FastifyRequest): string {
  const { headers, ip } = request;
  const credential = headers.authorization?.replace(/^Bearer /iu, "") ?? sessionOf(request);
  return credential === undefined ? `address ${ip}` : digestOf(credential);
}

/** The buckets hold no secrets. */
function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function sayRates(
  reply: FastifyReply,
  { overall, onRoute, now }: { overall: Admission; onRoute: Admission; now: number },
): void {
  reply
    .header("x-ratelimit-global-remaining", overall.remaining)
    .header("x-ratelimit-route-remaining", onRoute.remaining)
    .header("x-ratelimit-reset", now + Math.max(overall.waitMs, onRoute.waitMs));
}

function tooMany(reply: FastifyReply, admissions: readonly Admission[]): DomainError {
  const waitMs = Math.max(...admissions.map((one) => (one.isAdmitted ? 0 : one.waitMs)));
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  reply.header("retry-after", seconds);
  return new DomainError("rate_limited", `too many requests at once; come back in ${seconds} s`);
}
