import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Access, requireEach } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { patchedSettings } from "../http/settings-patch.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Db } from "../storage/database.ts";
import { newWebhookSecret } from "./signature.ts";
import {
  changeSubscription,
  createSubscription,
  type Described,
  newSubscription,
  removeSubscription,
  withSettings,
} from "./subscription-changes.ts";
import {
  getSubscription,
  listSubscriptions,
  type Subscription,
  statementsOf,
} from "./subscription-queries.ts";
import {
  NewWebhook,
  WebhookSettings as Settings,
  type WebhookSettings,
  webhookConfigOf,
  withSecret,
} from "./webhook.ts";

const path = "/api/v2/webhooks";
const tags = ["Webhooks"];
const ofWebhook = z.object({ id: z.string() });
const one = "webhook/{id}";
const kind = "webhook";

const WebhookRepresentation = Settings.omit({ secret: true })
  .extend({
    _id: z.string(),
    secret: z.string().optional().describe("Only for those who may change it."),
    _links: z.record(z.string(), Link),
  })
  .meta({ id: "Webhook" });

/** What policies call the change of a member. */
const actionOn: Readonly<Record<keyof WebhookSettings, string>> = {
  name: "updateName",
  on: "updateOn",
  url: "updateUrl",
  secret: "updateSecret",
  statements: "updateStatements",
  tags: "updateTags",
};

export interface WebhookParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly outbound: Outbound;
}

/** Who is told of changes by a request to a URL of theirs. */
export const webhookRoutes: FastifyPluginAsyncZod<WebhookParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
  await app.register(patchingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<WebhookParts> = async (app, { db }) => {
  app.get(
    path,
    {
      config: { access: { action: "viewWebhook", resource: "webhook/*" } },
      schema: {
        operationId: "getAllWebhooks",
        summary: "List webhooks",
        tags,
        querystring: z.object(pageQuery),
      },
    },
    async ({ query, url, access }) => {
      const page = pageOf(await listSubscriptions(db, kind), query);
      const items = await Promise.all(page.items.map((webhook) => representation(access, webhook)));
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { access: { action: "viewWebhook", resource: one } },
      schema: {
        operationId: "getWebhook",
        summary: "Get a webhook",
        tags,
        params: ofWebhook,
        response: { 200: WebhookRepresentation },
      },
    },
    async (request, reply) => {
      const webhook = await getSubscription(db, { kind, id: request.params.id });
      const shown = await representation(request.access, webhook);
      return answerWithEtag(request, reply, { shown });
    },
  );
};

const writingRoutes: FastifyPluginAsyncZod<WebhookParts> = async (app, parts) => {
  const { changes, outbound } = parts;
  app.post(
    path,
    {
      config: { access: { action: "createWebhook", resource: "webhook/*" } },
      schema: {
        operationId: "postWebhook",
        summary: "Create a webhook",
        description: "Signs with the secret given, or with one that is made where there is none.",
        tags,
        body: NewWebhook,
        response: { 200: WebhookRepresentation },
      },
    },
    async ({ body, actor, access }) => {
      await outbound.check(body.url, "url");
      const secret = body.sign && body.secret === "" ? newWebhookSecret() : body.secret;
      const config = { url: body.url, secret: body.sign ? secret : "" };
      const webhook = newSubscription(kind, body, { config, at: changes.now });
      await changes.write(actor, (tx, record) =>
        createSubscription(tx, record, described(webhook)),
      );
      return representation(access, webhook);
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { access: { action: "deleteWebhook", resource: one } },
      schema: {
        operationId: "deleteWebhook",
        summary: "Delete a webhook",
        description: "What still waits to be sent to it is dropped.",
        tags,
        params: ofWebhook,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { params, actor, access } = request;
      await changes.write(actor, async (tx, record) => {
        const webhook = await getSubscription(tx, { kind, id: params.id });
        await refuseStale(request, () => representation(access.within(tx), webhook));
        await removeSubscription(tx, record, described(webhook));
      });
      return reply.code(204).send(null);
    },
  );
};

const patchingRoutes: FastifyPluginAsyncZod<WebhookParts> = async (app, parts) => {
  const { db, changes, outbound } = parts;
  app.patch(
    `${path}/:id`,
    {
      config: {
        access: { inHandler: "each member has an action of its own", resource: one },
      },
      schema: {
        operationId: "patchWebhook",
        summary: "Change a webhook",
        description:
          "A secret that is replaced is good for 24 hours more: messages carry both signatures.",
        tags,
        params: ofWebhook,
        body: PatchBody,
        response: { 200: WebhookRepresentation },
      },
    },
    async (request) => {
      const { params, body, headers, actor, access } = request;
      const id = { kind, id: params.id };
      const patch = parsePatch(body, headers["content-type"]);
      const patched = (webhook: Subscription) =>
        patchedSettings(settingsOf(webhook), patch, { settings: Settings, what: "a webhook" });
      // Names are looked up before the transaction, in which everybody else would wait for it.
      const { url } = patched(await getSubscription(db, id)).wanted;
      await outbound.check(url, "url");
      const webhook = await changes.write(actor, async (tx, record) => {
        const before = await getSubscription(tx, id);
        await refuseStale(request, () => representation(access.within(tx), before));
        const { members: changed, wanted: settings } = patched(before);
        const steps = [["webhook", before.id]] as const;
        await requireEach(access.within(tx), actionOn, { changed, steps });
        if (changed.length === 0) return before;
        const config = withSecret(webhookConfigOf(before), settings, changes.now);
        const after = withSettings(before, settings, config);
        const { comment } = patch;
        const sides = { before: described(before), after: described(after) };
        await changeSubscription(tx, record, { ...sides, changed, comment });
        return after;
      });
      return representation(access, webhook);
    },
  );
};

function settingsOf(webhook: Subscription): WebhookSettings {
  const { url, secret } = webhookConfigOf(webhook);
  return {
    name: webhook.name,
    on: webhook.is_on === 1,
    statements: statementsOf(webhook),
    tags: z.array(z.string()).parse(JSON.parse(webhook.tags)),
    url,
    secret,
  };
}

function described(subscription: Subscription): Described {
  const { secret, ...settings } = settingsOf(subscription);
  return { subscription, settings: { ...settings, sign: secret !== "" } };
}

async function representation(
  access: Access,
  webhook: Subscription,
): Promise<z.infer<typeof WebhookRepresentation>> {
  const { secret, ...settings } = settingsOf(webhook);
  const maySeeSecret = secret !== "" && (await access.permits("updateSecret", [kind, webhook.id]));
  return {
    _id: webhook.id,
    ...settings,
    ...(maySeeSecret ? { secret } : {}),
    _links: {
      self: linkTo(`${path}/${webhook.id}`),
      parent: linkTo(path),
      deliveries: linkTo(`${path}/${webhook.id}/deliveries`),
    },
  };
}
