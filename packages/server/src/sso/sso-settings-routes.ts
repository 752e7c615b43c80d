import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  deleteSetting,
  readSetting,
  requiresSso,
  writeSetting,
} from "../access/account-settings.ts";
import { accountChange } from "../changes/account-change.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { ErrorBody, noContent } from "../http/open-api.ts";
import type { Db } from "../storage/database.ts";
import { callbackOf, scimOf, signInPageOf } from "./addresses.ts";
import { checkProvider, ProviderCheck } from "./provider-check.ts";
import { findSso, SsoSettings, ssoSetting } from "./sso-settings.ts";

const path = "/api/v2/account/sso";
const tags = ["Account security"];
const about = { kind: "account", key: "sso", resource: "acct" };
/** The secret is for the provider alone. */
const SsoRepresentation = SsoSettings.omit({ clientSecret: true })
  .extend({
    isFromEnvironment: z.boolean(),
    isRequired: z.boolean().describe("Whether passwords let in owners alone."),
  })
  .meta({ id: "SsoSettings" });
const Body = SsoSettings.extend({
  clientSecret: SsoSettings.shape.clientSecret
    .optional()
    .describe("May be left out where issuer and client stay: then the secret stays too."),
});
const Addresses = z
  .object({
    redirectUri: z.string().describe("Where the provider sends the browser after a sign-in."),
    signOutUri: z.string().describe("Where it sends the browser after a sign-out."),
    scimUri: z.string().describe("Where a directory finds SCIM."),
  })
  .meta({ id: "SsoAddresses" });

interface SsoSettingsParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly sso: SsoSettings | undefined;
  readonly baseUrl: string | undefined;
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
      const isRequired = await readSetting(db, requiresSso);
      return { ...settings, isFromEnvironment: sso !== undefined, isRequired };
    },
  );
  await app.register(providerRoutes, parts);

  app.put(
    path,
    {
      config: { access: { action: "updateSso", resource: "acct" } },
      schema: {
        operationId: "putSsoSettings",
        summary: "Set single sign-on up",
        tags,
        body: Body,
        response: { 200: SsoRepresentation },
      },
    },
    async ({ body, actor }) => {
      refuseOverEnvironment(sso);
      const { clientSecret: _, ...after } = body;
      const isRequired = await changes.write(actor, async (tx, record) => {
        const stored = await readSetting(tx, ssoSetting);
        const before = withoutSecret(stored);
        await writeSetting(tx, ssoSetting, withSecret(body, stored));
        const words = `Let people sign in by ${body.issuer}`;
        await record(accountChange({ ...about, instruction: "updateSso", words, before, after }));
        return readSetting(tx, requiresSso);
      });
      return { ...after, isFromEnvironment: false, isRequired };
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
        await deleteSetting(tx, requiresSso);
        const words = "Let nobody sign in by an identity provider";
        await record(accountChange({ ...about, instruction: "updateSso", words, before }));
      });
      return reply.code(204).send(null);
    },
  );
};

/** What the provider has to be told, whether it answers, and whether everybody comes by it. */
const providerRoutes: FastifyPluginAsyncZod<SsoSettingsParts> = async (app, parts) => {
  const { db, changes, sso, baseUrl } = parts;
  app.get(
    `${path}/addresses`,
    {
      config: { access: { action: "viewSso", resource: "acct" } },
      schema: {
        operationId: "getSsoAddresses",
        summary: "Show what an identity provider has to be told",
        tags,
        response: { 200: Addresses },
      },
    },
    async (request) => ({
      redirectUri: callbackOf(request, baseUrl),
      signOutUri: signInPageOf(request, baseUrl),
      scimUri: scimOf(request, baseUrl),
    }),
  );

  app.post(
    `${path}/test`,
    {
      config: { access: { action: "updateSso", resource: "acct" } },
      schema: {
        operationId: "testSsoSettings",
        summary: "Ask an identity provider whether it would let people in",
        description: "Nothing is kept. A secret that is left out is the one that is kept.",
        tags,
        body: Body.pick({ issuer: true, clientId: true, clientSecret: true }),
        response: { 200: z.object({ checks: z.array(ProviderCheck) }).meta({ id: "SsoTest" }) },
      },
    },
    async (request) => {
      const stored = (await findSso(db, sso)) ?? null;
      const access = withSecret(request.body, stored);
      return { checks: [...(await checkProvider(access, callbackOf(request, baseUrl)))] };
    },
  );

  app.patch(
    path,
    {
      config: { access: { action: "updateSso", resource: "acct" } },
      schema: {
        operationId: "patchSsoSettings",
        summary: "Say whether passwords let in owners alone",
        tags,
        body: z.strictObject({ isRequired: z.boolean() }),
        response: { 200: z.object({ isRequired: z.boolean() }).meta({ id: "SsoRequirement" }) },
      },
    },
    async ({ body: { isRequired }, actor }) => {
      await changes.write(actor, async (tx, record) => {
        if (isRequired && (await findSso(tx, sso)) === undefined)
          throw new DomainError("not_found", "single sign-on is not set up; set it up first");
        const before = { isRequired: await readSetting(tx, requiresSso) };
        if (before.isRequired === isRequired) return;
        await writeSetting(tx, requiresSso, isRequired);
        const words = isRequired
          ? "Let owners alone sign in with a password"
          : "Let everybody sign in with a password";
        const after = { isRequired };
        await record(accountChange({ ...about, instruction: "updateSso", words, before, after }));
      });
      return { isRequired };
    },
  );
};

/** The secret that was given, or the one that is kept; another provider never gets the one that is kept. */
function withSecret<
  Given extends { issuer: string; clientId: string; clientSecret?: string | undefined },
>(given: Given, stored: SsoSettings | null): Given & { clientSecret: string } {
  const isSame = stored?.issuer === given.issuer && stored.clientId === given.clientId;
  const clientSecret = given.clientSecret ?? (isSame ? stored.clientSecret : undefined);
  if (clientSecret !== undefined) return { ...given, clientSecret };
  throw new DomainError(
    "invalid_request",
    "clientSecret: give the secret of the client; the one that is kept is for another issuer or client",
  );
}

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
