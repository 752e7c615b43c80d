import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { deleteSetting, readSetting, writeSetting } from "../access/account-settings.ts";
import { accountChange } from "../changes/account-change.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { ErrorBody, noContent } from "../http/open-api.ts";
import type { Db } from "../storage/database.ts";
import { findSso, SsoSettings, ssoSetting } from "./sso-settings.ts";

const path = "/api/v2/account/sso";
const tags = ["Account security"];
const about = { kind: "account", key: "sso", resource: "acct" };
/** The secret is for the provider alone. */
const SsoRepresentation = SsoSettings.omit({ clientSecret: true })
  .extend({ isFromEnvironment: z.boolean() })
  .meta({ id: "SsoSettings" });

interface SsoSettingsParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly sso: SsoSettings | undefined;
}

/** Which identity provider the account uses. */
export const ssoSettingsRoutes: FastifyPluginAsyncZod<SsoSettingsParts> = async (app, parts) => {
  const { db, changes, sso } = parts;
  app.get(
    path,
    {
      config: { access: { action: "viewSso", resource: "acct" } },
      schema: {
        operationId: "getSsoSettings",
        summary: "Show how single sign-on is set up",
        tags,
        response: { 200: SsoRepresentation, 404: ErrorBody },
      },
    },
    async () => {
      const settings = await findSso(db, sso);
      if (settings === undefined)
        throw new DomainError("not_found", "single sign-on is not set up");
      return { ...settings, isFromEnvironment: sso !== undefined };
    },
  );

  app.put(
    path,
    {
      config: { access: { action: "updateSso", resource: "acct" } },
      schema: {
        operationId: "putSsoSettings",
        summary: "Set single sign-on up",
        tags,
        body: SsoSettings,
        response: { 200: SsoRepresentation },
      },
    },
    async ({ body, actor }) => {
      refuseOverEnvironment(sso);
      const { clientSecret: _, ...after } = body;
      await changes.write(actor, async (tx, record) => {
        const before = withoutSecret(await readSetting(tx, ssoSetting));
        await writeSetting(tx, ssoSetting, body);
        const words = `Let people sign in by ${body.issuer}`;
        await record(accountChange({ ...about, instruction: "updateSso", words, before, after }));
      });
      return { ...after, isFromEnvironment: false };
    },
  );

  app.delete(
    path,
    {
      config: { access: { action: "updateSso", resource: "acct" } },
      schema: {
        operationId: "deleteSsoSettings",
        summary: "Take single sign-on away",
        tags,
        response: { 204: noContent },
      },
    },
    async ({ actor }, reply) => {
      refuseOverEnvironment(sso);
      await changes.write(actor, async (tx, record) => {
        const before = withoutSecret(await readSetting(tx, ssoSetting));
        if (before === undefined)
          throw new DomainError("not_found", "single sign-on is not set up");
        await deleteSetting(tx, ssoSetting);
        const words = "Let nobody sign in by an identity provider";
        await record(accountChange({ ...about, instruction: "updateSso", words, before }));
      });
      return reply.code(204).send(null);
    },
  );
};

function withoutSecret(settings: SsoSettings | null): object | undefined {
  if (settings === null) return undefined;
  const { clientSecret: _, ...rest } = settings;
  return rest;
}

function refuseOverEnvironment(sso: SsoSettings | undefined): void {
  if (sso === undefined) return;
  throw new DomainError(
    "conflict",
    "the server's environment says how to sign in (HALYARD_SSO_…); change it there",
  );
}
