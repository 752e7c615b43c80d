import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Access } from "../access/route-access.ts";
import { accountChange } from "../changes/account-change.ts";
import type { Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { Link, linkTo, listOf, pagedList, pageQuery } from "../http/paging.ts";
import { integrationKeys, parseIntegrationKey } from "../integrations/integration.ts";
import type { Db } from "../storage/database.ts";
import { changeMessageOf } from "./change-message.ts";
import type { Deliverer } from "./deliverer.ts";
import { type Delivery, getDelivery, insertDelivery, listDeliveries } from "./delivery-queries.ts";
import { newDelivery } from "./enqueue.ts";
import { kindOf, nounOf, resourceOf } from "./subscription-changes.ts";
import { getSubscription, type Subscription } from "./subscription-queries.ts";

const ofWebhook = z.object({ id: z.string() });
const ofIntegration = ofWebhook.extend({
  integrationKey: z.string().describe(`One of ${integrationKeys.join(", ")}.`),
});
const deliveryId = { deliveryId: z.string() };

/** Of whom a log is: webhooks and integrations have the same. */
interface Log {
  readonly path: string;
  readonly tags: string[];
  readonly params: typeof ofWebhook | typeof ofIntegration;
  readonly ofDelivery: typeof ofDeliveryOfWebhook | typeof ofDeliveryOfIntegration;
  /** What policies call reading it, and sending something. */
  readonly viewing: { readonly action: string; readonly resource: string };
  readonly sending: { readonly action: string; readonly resource: string };
  /** In the names of the operations. */
  readonly noun: string;
}

const ofDeliveryOfWebhook = ofWebhook.extend(deliveryId);
const ofDeliveryOfIntegration = ofIntegration.extend(deliveryId);

const logs: readonly Log[] = [
  {
    path: "/api/v2/webhooks/:id",
    tags: ["Webhooks"],
    params: ofWebhook,
    ofDelivery: ofDeliveryOfWebhook,
    viewing: { action: "viewWebhook", resource: "webhook/{id}" },
    sending: { action: "sendWebhook", resource: "webhook/{id}" },
    noun: "Webhook",
  },
  {
    path: "/api/v2/integrations/:integrationKey/:id",
    tags: ["Integration audit log subscriptions"],
    params: ofIntegration,
    ofDelivery: ofDeliveryOfIntegration,
    viewing: { action: "viewIntegration", resource: "integration/{integrationKey}" },
    sending: { action: "validateConnection", resource: "integration/{integrationKey}" },
    noun: "Integration",
  },
];

const DeliveryRepresentation = z
  .object({
    _id: z.string(),
    messageId: z.string().describe("The header webhook-id, the same each time it is sent."),
    state: z.enum(["pending", "delivered", "failed"]),
    attempts: z.int(),
    creationDate: z.int(),
    lastAttempt: z.int().optional(),
    nextAttempt: z.int().optional(),
    statusCode: z.int().optional().describe("What the receiver answered last."),
    problem: z.string().optional(),
    title: z.string().optional().describe("Only for those who may see what was changed."),
    _links: z.record(z.string(), Link),
  })
  .meta({ id: "WebhookDelivery" });

export interface DeliveryLogParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly deliverer: Deliverer;
}

/** What was sent to webhooks and integrations, and how it went; what the receivers said is nobody's business. */
export const deliveryLogRoutes: FastifyPluginAsyncZod<DeliveryLogParts> = async (app, parts) => {
  for (const log of logs) {
    await app.register(readingRoutes, { ...parts, log });
    await app.register(sendingRoutes, { ...parts, log });
  }
};

interface LogParts extends DeliveryLogParts {
  readonly log: Log;
}

const readingRoutes: FastifyPluginAsyncZod<LogParts> = async (app, { db, log }) => {
  const { path, tags, viewing, noun } = log;
  app.get(
    `${path}/deliveries`,
    {
      config: { access: viewing },
      schema: {
        operationId: `get${noun}Deliveries`,
        summary: "List what was sent",
        description: "The newest first, of the last 30 days.",
        tags,
        params: log.params,
        querystring: z.object(pageQuery),
        response: { 200: listOf(DeliveryRepresentation) },
      },
    },
    async ({ params, query, url, access }) => {
      const subscription = await getSubscription(db, placeOf(params));
      const page = await listDeliveries(db, subscription, query);
      const items = await Promise.all(
        page.items.map((one) => representation(access, subscription, one)),
      );
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    `${path}/deliveries/:deliveryId`,
    {
      config: { access: viewing },
      schema: {
        operationId: `get${noun}Delivery`,
        summary: "Get one delivery with what was sent",
        tags,
        params: log.ofDelivery,
      },
    },
    async ({ params, access }) => {
      const subscription = await getSubscription(db, placeOf(params));
      const delivery = await getDelivery(db, subscription, params.deliveryId);
      const shown = await representation(access, subscription, delivery);
      const payload: unknown = JSON.parse(delivery.body);
      return shown.title === undefined ? shown : { ...shown, payload };
    },
  );
};

const sendingRoutes: FastifyPluginAsyncZod<LogParts> = async (app, parts) => {
  const { db, changes, deliverer, log } = parts;
  const { path, tags, sending, noun } = log;
  app.post(
    `${path}/test`,
    {
      config: { access: sending },
      schema: {
        operationId: `test${noun}`,
        summary: "Send a test message",
        description: "Also where it is off. It is sent once, and the answer says how it went.",
        tags,
        params: log.params,
        response: { 200: DeliveryRepresentation },
      },
    },
    async ({ params, actor, access }) => {
      const subscription = await getSubscription(db, placeOf(params));
      const isWebhook = subscription.kind === "webhook";
      const message = changeMessageOf({
        changeId: newId(),
        at: changes.now,
        actor,
        kind: kindOf(subscription),
        key: subscription.id,
        resources: [resourceOf(subscription)],
        instructions: [{ kind: isWebhook ? "testWebhook" : "testIntegration" }],
        words: [isWebhook ? "Test the webhook" : `Test ${subscription.name}`],
        comment: "",
        before: undefined,
        after: undefined,
      });
      const id = await deliverer.sendTest(subscription, message);
      return representation(access, subscription, await getDelivery(db, subscription, id));
    },
  );

  app.post(
    `${path}/deliveries/:deliveryId/replay`,
    {
      config: { access: sending },
      schema: {
        operationId: `replay${noun}Delivery`,
        summary: "Send a message again",
        description: "It is sent after what waits already, with the same webhook-id.",
        tags,
        params: log.ofDelivery,
        response: { 201: DeliveryRepresentation },
      },
    },
    async ({ params, actor, access }, reply) => {
      const replayed = await changes.write(actor, async (tx, record) => {
        const subscription = await getSubscription(tx, placeOf(params));
        const { id } = subscription;
        const { message_id } = await getDelivery(tx, subscription, params.deliveryId);
        const again = newDelivery({ subscription_id: id, message_id, at: changes.now });
        await insertDelivery(tx, again);
        await record(
          accountChange({
            kind: kindOf(subscription),
            key: id,
            resource: resourceOf(subscription),
            instruction: "sendWebhook",
            words: `Send a message to the ${nounOf(subscription)} ${id} again`,
            after: { messageId: message_id },
          }),
        );
        return { subscription, delivery: await getDelivery(tx, subscription, again.id) };
      });
      const { subscription, delivery } = replayed;
      return reply.code(201).send(await representation(access, subscription, delivery));
    },
  );
};

const Told = z.object({
  title: z.string(),
  target: z.object({ resources: z.array(z.string()) }),
});

function placeOf(params: z.infer<Log["params"]>) {
  const kind = "integrationKey" in params ? parseIntegrationKey(params.integrationKey) : "webhook";
  return { id: params.id, kind };
}

async function representation(
  access: Access,
  subscription: Subscription,
  delivery: Delivery,
): Promise<z.infer<typeof DeliveryRepresentation>> {
  const { id, state, last_at, status, problem } = delivery;
  const parent = addressOf(subscription);
  const { title, target } = Told.parse(JSON.parse(delivery.body));
  const maySee = await maySeeAll(access, target.resources);
  return {
    _id: id,
    messageId: delivery.message_id,
    state,
    attempts: delivery.attempts,
    creationDate: delivery.created_at,
    ...(last_at === null ? {} : { lastAttempt: last_at }),
    ...(state === "pending" ? { nextAttempt: delivery.next_at } : {}),
    ...(status === null ? {} : { statusCode: status }),
    ...(problem === null ? {} : { problem }),
    ...(maySee ? { title } : {}),
    _links: { self: linkTo(`${parent}/deliveries/${id}`), parent: linkTo(parent) },
  };
}

function addressOf({ kind, id }: Subscription): string {
  return kind === "webhook" ? `/api/v2/webhooks/${id}` : `/api/v2/integrations/${kind}/${id}`;
}

/** A log of what was told shows nobody a project that is hidden from them. */
async function maySeeAll(access: Access, resources: readonly string[]): Promise<boolean> {
  const projects = resources.flatMap((one) => /^proj\/([^:]+)/u.exec(one)?.[1] ?? []);
  for (const key of new Set(projects))
    if (!(await access.permits("viewProject", ["proj", key]))) return false;
  return true;
}
