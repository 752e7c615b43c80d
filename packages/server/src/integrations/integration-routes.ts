import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Access, requireEach } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { noContent } from "../http/open-api.ts";
import { linkTo } from "../http/paging.ts";
import { changedMembers, PatchBody, parsePatch } from "../http/patch.ts";
import { patchedSettings } from "../http/settings-patch.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Db } from "../storage/database.ts";
import { tallyOf } from "../webhooks/delivery-queries.ts";
import {
  changeSubscription,
  createSubscription,
  type Described,
  newSubscription,
  removeSubscription,
  withSettings,
} from "../webhooks/subscription-changes.ts";
import {
  getSubscription,
  listSubscriptions,
  type Subscription,
  statementsOf,
} from "../webhooks/subscription-queries.ts";
import {
  addressOf,
  IntegrationSettings,
  integrationKeys,
  NewIntegration,
  parseIntegrationConfig,
  parseIntegrationKey,
  withoutSecrets,
} from "./integration.ts";

const path = "/api/v2/integrations";
const tags = ["Integration audit log subscriptions"];
const ofIntegration = z.object({
  integrationKey: z.string().describe(`One of ${integrationKeys.join(", ")}.`),
});
const ofSubscription = ofIntegration.extend({ id: z.string() });
const resource = "integration/{integrationKey}";

/** What policies call the change of a member. */
const actionOn: Readonly<Record<keyof IntegrationSettings, string>> = {
  name: "updateName",
  on: "updateOn",
  statements: "updateStatements",
  tags: "updateTags",
  config: "updateConfiguration",
};

export interface IntegrationParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly outbound: Outbound;
}

/** Services that are told of changes in their own words. */
export const integrationRoutes: FastifyPluginAsyncZod<IntegrationParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
  await app.register(patchingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<IntegrationParts> = async (app, { db }) => {
  app.get(
    `${path}/:integrationKey`,
    {
      config: { access: { action: "viewIntegration", resource } },
      schema: {
        operationId: "getSubscriptions",
        summary: "List the subscriptions of an integration",
        tags,
        params: ofIntegration,
      },
    },
    async ({ params, access }) => {
      const key = parseIntegrationKey(params.integrationKey);
      const subscriptions = await listSubscriptions(db, key);
      return {
        key,
        items: await Promise.all(subscriptions.map((one) => representation(db, access, one))),
        _links: { self: linkTo(`${path}/${key}`) },
      };
    },
  );

  app.get(
    `${path}/:integrationKey/:id`,
    {
      config: { access: { action: "viewIntegration", resource } },
      schema: {
        operationId: "getSubscriptionByID",
        summary: "Get a subscription of an integration",
        tags,
        params: ofSubscription,
      },
    },
    async (request, reply) => {
      const subscription = await getSubscription(db, place(request.params));
      const whole = described(subscription).settings;
      const shown = await representation(db, request.access, subscription);
      return answerWithEtag(request, reply, { shown, whole });
    },
  );
};

const writingRoutes: FastifyPluginAsyncZod<IntegrationParts> = async (app, parts) => {
  const { db, changes, outbound } = parts;
  app.post(
    `${path}/:integrationKey`,
    {
      config: { access: { action: "createIntegration", resource } },
      schema: {
        operationId: "createSubscription",
        summary: "Tell a service of changes",
        tags,
        params: ofIntegration,
        body: NewIntegration,
      },
    },
    async ({ params, body, actor, access }, reply) => {
      const kind = parseIntegrationKey(params.integrationKey);
      const { url, apiKey, ...settings } = body;
      const older = Object.fromEntries(
        Object.entries({ url, apiKey }).filter(([, value]) => value !== undefined),
      );
      const { key: _, ...config } = await checkedConfig(outbound, kind, {
        ...older,
        ...settings.config,
      });
      const subscription = newSubscription(kind, settings, { config, at: changes.now });
      await changes.write(actor, (tx, record) =>
        createSubscription(tx, record, described(subscription)),
      );
      return reply.code(201).send(await representation(db, access, subscription));
    },
  );

  app.delete(
    `${path}/:integrationKey/:id`,
    {
      config: { access: { action: "deleteIntegration", resource } },
      schema: {
        operationId: "deleteSubscription",
        summary: "Delete a subscription of an integration",
        tags,
        params: ofSubscription,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      await changes.write(request.actor, async (tx, record) => {
        const subscription = await getSubscription(tx, place(request.params));
        await refuseStale(request, () => described(subscription).settings);
        await removeSubscription(tx, record, described(subscription));
      });
      return reply.code(204).send(null);
    },
  );
};

const patchingRoutes: FastifyPluginAsyncZod<IntegrationParts> = async (app, parts) => {
  const { db, changes, outbound } = parts;
  app.patch(
    `${path}/:integrationKey/:id`,
    {
      config: { access: { inHandler: "each member has an action of its own", resource } },
      schema: {
        operationId: "updateSubscription",
        summary: "Change a subscription of an integration",
        tags,
        params: ofSubscription,
        body: PatchBody,
      },
    },
    async (request) => {
      const { params, body, headers, actor, access } = request;
      const id = place(params);
      const patch = parsePatch(body, headers["content-type"]);
      const patched = (subscription: Subscription) => {
        const before = settingsOf(subscription);
        const { wanted: after } = patchedSettings(before, patch, {
          settings: IntegrationSettings,
          what: "a subscription",
        });
        return { before, after: { ...after, config: withKnownSecrets(before, after) } };
      };
      // Names are looked up before the transaction, in which everybody else would wait for it.
      const { config } = patched(await getSubscription(db, id)).after;
      await checkedConfig(outbound, id.kind, config);
      const subscription = await changes.write(actor, async (tx, record) => {
        const stored = await getSubscription(tx, id);
        await refuseStale(request, () => described(stored).settings);
        const { before, after } = patched(stored);
        const changed = changedMembers(before, after);
        const steps = [["integration", id.kind]] as const;
        await requireEach(access.within(tx), actionOn, { changed, steps });
        if (changed.length === 0) return stored;
        const { key: _, ...read } = parseIntegrationConfig(id.kind, after.config);
        const kept = withSettings(stored, after, read);
        const sides = { before: described(stored), after: described(kept) };
        await changeSubscription(tx, record, { ...sides, changed, comment: patch.comment });
        return kept;
      });
      return representation(db, access, subscription);
    },
  );
};

function place({ integrationKey, id }: z.infer<typeof ofSubscription>) {
  return { kind: parseIntegrationKey(integrationKey), id };
}

async function checkedConfig(
  outbound: Outbound,
  kind: ReturnType<typeof parseIntegrationKey>,
  input: unknown,
) {
  const config = parseIntegrationConfig(kind, input);
  await outbound.check(addressOf(config), kind === "datadog" ? "config/hostURL" : "config/url");
  return config;
}

function settingsOf(subscription: Subscription): IntegrationSettings {
  return {
    name: subscription.name,
    on: subscription.is_on === 1,
    statements: statementsOf(subscription),
    tags: z.array(z.string()).parse(JSON.parse(subscription.tags)),
    config: z.record(z.string(), z.unknown()).parse(JSON.parse(subscription.config)),
  };
}

/** A client that sends back what it was shown in the place of a secret does not change it. */
function withKnownSecrets(
  before: IntegrationSettings,
  after: IntegrationSettings,
): IntegrationSettings["config"] {
  const hidden = new Map(Object.entries(withoutSecrets(before.config)));
  return Object.fromEntries(
    Object.entries(after.config).map(([name, value]) => [
      name,
      hidden.has(name) && hidden.get(name) === value ? before.config[name] : value,
    ]),
  );
}

function described(subscription: Subscription): Described {
  const settings = settingsOf(subscription);
  return { subscription, settings: { ...settings, config: withoutSecrets(settings.config) } };
}

async function representation(db: Db, access: Access, subscription: Subscription): Promise<object> {
  const { id, kind } = subscription;
  const settings = settingsOf(subscription);
  const { successCount, errorCount, lastSuccess, lastError } = await tallyOf(db, subscription);
  const maySeeConfig = await access.permits("updateConfiguration", ["integration", kind]);
  return {
    _id: id,
    kind,
    ...settings,
    config: maySeeConfig ? settings.config : withoutSecrets(settings.config),
    _status: {
      successCount,
      errorCount,
      ...(successCount > 0 ? { lastSuccess } : {}),
      ...(errorCount > 0 ? { lastError } : {}),
    },
    _links: { self: linkTo(`${path}/${kind}/${id}`), parent: linkTo(`${path}/${kind}`) },
  };
}
