import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Db } from "../storage/database.ts";
import { accountId, readSetting } from "./account-settings.ts";
import type { Principal } from "./principal.ts";

const CallerIdentity = z
  .object({
    accountId: z.string(),
    authKind: z.enum(["token", "session"]),
    tokenKind: z.literal("auth").optional(),
    tokenName: z.string().optional(),
    tokenId: z.string().optional(),
    memberId: z.string().optional().describe("Absent where a service asks."),
    serviceToken: z.boolean().optional(),
    scopes: z.array(z.string()).describe("The base role, where there is one."),
  })
  .meta({ id: "CallerIdentityRep" });

export const callerRoutes: FastifyPluginAsyncZod<{ readonly db: Db }> = async (app, { db }) => {
  app.get(
    "/api/v2/caller-identity",
    {
      config: { access: { anyoneKnown: "it says who the caller is" } },
      schema: {
        operationId: "getCallerIdentity",
        summary: "Say who is asking",
        tags: ["Other"],
        response: { 200: CallerIdentity },
      },
    },
    async ({ principal }) => ({
      accountId: await readSetting(db, accountId),
      ...identityOf(principal),
    }),
  );
};

function identityOf({ actor, memberId, role }: Principal) {
  const { kind, id, name } = actor;
  const scopes = role === "" ? [] : [role];
  const member = memberId === undefined ? {} : { memberId };
  if (kind !== "token") return { authKind: "session" as const, ...member, scopes };
  return {
    authKind: "token" as const,
    tokenKind: "auth" as const,
    tokenName: name,
    tokenId: id,
    ...member,
    serviceToken: memberId === undefined,
    scopes,
  };
}
