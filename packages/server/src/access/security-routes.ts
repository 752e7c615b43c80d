import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { accountChange } from "../changes/account-change.ts";
import type { Changes } from "../changes/changes.ts";
import type { Db } from "../storage/database.ts";
import { readSetting, requiresSecondFactor, writeSetting } from "./account-settings.ts";

const path = "/api/v2/account/security";
const tags = ["Account security"];
const Security = z
  .object({
    requiresSecondFactor: z
      .boolean()
      .describe("Whether everybody who signs in with a password has to have a second factor."),
  })
  .meta({ id: "AccountSecurity" });

/** What the account asks of everybody who signs in. */
export const securityRoutes: FastifyPluginAsyncZod<{
  readonly db: Db;
  readonly changes: Changes;
}> = async (app, { db, changes }) => {
  app.get(
    path,
    {
      config: { access: { action: "viewAccountSecurity", resource: "acct" } },
      schema: {
        operationId: "getAccountSecurity",
        summary: "Show what is asked of everybody who signs in",
        tags,
        response: { 200: Security },
      },
    },
    async () => ({ requiresSecondFactor: await readSetting(db, requiresSecondFactor) }),
  );

  app.patch(
    path,
    {
      config: { access: { action: "updateRequireMfa", resource: "acct" } },
      schema: {
        operationId: "patchAccountSecurity",
        summary: "Change what is asked of everybody who signs in",
        tags,
        body: z.strictObject(Security.shape),
        response: { 200: Security },
      },
    },
    async ({ body, actor }) => {
      await changes.write(actor, async (tx, record) => {
        const before = { requiresSecondFactor: await readSetting(tx, requiresSecondFactor) };
        if (before.requiresSecondFactor === body.requiresSecondFactor) return;
        await writeSetting(tx, requiresSecondFactor, body.requiresSecondFactor);
        const words = body.requiresSecondFactor
          ? "Ask everybody for a second factor"
          : "Ask nobody for a second factor";
        const about = { kind: "account", key: "security", resource: "acct" };
        const change = { ...about, instruction: "updateRequireMfa", words, before, after: body };
        await record(accountChange(change));
      });
      return body;
    },
  );
};
