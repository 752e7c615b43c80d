import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { TokenBuckets } from "../http/token-bucket.ts";
import type { Db } from "../storage/database.ts";
import { pullTrigger } from "./pulled-trigger.ts";

interface TriggerCallParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly now: () => number;
}

/** Calls of an address: one a second, and a few more after a rest. */
const rate = { perSecond: 1, burst: 20 };

/** The addresses of triggers: whoever knows one may call it, by POST alone. */
export const triggerCallRoutes: FastifyPluginAsyncZod<TriggerCallParts> = async (
  app,
  { db, changes, now },
) => {
  const calls = new TokenBuckets(rate, now);
  app.post(
    "/webhook/triggers/:id/:secret",
    { schema: { params: z.object({ id: z.string(), secret: z.string() }) } },
    async ({ params, body, ip }, reply) => {
      const admission = calls.take(ip);
      if (!admission.isAdmitted) {
        const seconds = Math.max(1, Math.ceil(admission.waitMs / 1000));
        reply.header("retry-after", seconds);
        throw new DomainError("rate_limited", `too many calls; come back in ${seconds} s`);
      }
      await pullTrigger({ db, changes }, { ...params, body });
      return { triggered: true };
    },
  );
};
