import { Readable } from "node:stream";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../storage/database.ts";
import { exportedLines } from "./audit-export.ts";
import { SearchQuery, searchOf } from "./audit-search.ts";
import { AuditVerification, verifyLog } from "./audit-verification.ts";
import { Checkpoint } from "./checkpoint.ts";
import { findNewestCheckpoint } from "./checkpoint-queries.ts";
import { pemOf, type SigningKey } from "./signing-key.ts";

const tags = ["Audit log"];
/** Beside the log itself, where each name would be the id of an entry. */
const proofPath = "/api/v2/audit";

export interface AuditProofParts {
  readonly db: Db;
  readonly signingKey: SigningKey;
}

/** What shows that nothing of the log was changed or cut off, and the log to take away. */
export const auditProofRoutes: FastifyPluginAsyncZod<AuditProofParts> = async (
  app,
  { db, signingKey },
) => {
  app.get(
    `${proofPath}/checkpoint`,
    {
      config: { access: { action: "viewAuditLog", resource: "acct" } },
      schema: {
        operationId: "getAuditLogCheckpoint",
        summary: "Read the newest signed statement of where the log stands",
        description:
          "Who keeps it elsewhere can show later that nothing was cut off or written anew.",
        tags,
        response: { 200: Checkpoint.partial().extend({ publicKey: z.string() }) },
      },
    },
    async () => {
      const newest = await findNewestCheckpoint(db);
      const publicKey = pemOf(signingKey.publicKey);
      if (newest === undefined) return { publicKey };
      return { statement: newest.statement, signature: newest.signature, publicKey };
    },
  );

  app.post(
    `${proofPath}/verification`,
    {
      // It reads every row there is, which not everybody who may read a page shall make it do.
      config: { access: { action: "verifyAuditLog", resource: "acct" } },
      schema: {
        operationId: "verifyAuditLog",
        summary: "Check that the log is as it was written",
        description:
          "Walks the hashes of every history, and holds them against the signed checkpoints and one that was kept elsewhere. Nothing is written.",
        tags,
        body: z.object({ checkpoint: Checkpoint.optional() }),
        response: { 200: AuditVerification },
      },
    },
    async ({ body }) => verifyLog(db, signingKey.publicKey, body.checkpoint),
  );

  app.get(
    `${proofPath}/export`,
    {
      config: { access: { anyoneKnown: "it holds what the caller may see" } },
      schema: {
        operationId: "exportAuditLog",
        summary: "Read entries of the audit log as JSON lines, the oldest first",
        tags,
        querystring: SearchQuery,
      },
    },
    async ({ query, access }, reply) => {
      const search = await searchOf(db, query, access);
      return reply.type("application/x-ndjson").send(Readable.from(exportedLines(db, search)));
    },
  );
};
