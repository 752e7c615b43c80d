import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Access } from "../access/route-access.ts";
import { accountChange } from "../changes/account-change.ts";
import type { Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { Link, linkTo, listOf, pagedList, pageQuery } from "../http/paging.ts";
import type { Db } from "../storage/database.ts";
import { changeMessageOf } from "./change-message.ts";
import type { Deliverer } from "./deliverer.ts";
import { type Delivery, getDelivery, insertDelivery, listDeliveries } from "./delivery-queries.ts";
import { newDelivery } from "./enqueue.ts";
import { getSubscription } from "./subscription-queries.ts";

const path = "/api/v2/webhooks/:id";
const tags = ["Webhooks"];
const ofWebhook = z.object({ id: z.string() });
const ofDelivery = ofWebhook.extend({ deliveryId: z.string() });
const viewing = { action: "viewWebhook", resource: "webhook/{id}" };
const sending = { action: "sendWebhook", resource: "webhook/{id}" };
const kind = "webhook";

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

/** What was sent to a webhook, and how it went; what the receiver said is nobody's business. */
export const deliveryLogRoutes: FastifyPluginAsyncZod<DeliveryLogParts> = async (app, parts) => {
  const { db } = parts;
  app.get(
    `${path}/deliveries`,
    {
      config: { access: viewing },
      schema: {
        operationId: "getWebhookDeliveries",
        summary: "List what was sent to a webhook",
        description: "The newest first, of the last 30 days.",
        tags,
        params: ofWebhook,
        querystring: z.object(pageQuery),
        response: { 200: listOf(DeliveryRepresentation) },
      },
    },
    async ({ params, query, url, access }) => {
      const webhook = await getSubscription(db, { kind, id: params.id });
      const page = await listDeliveries(db, webhook, query);
      const items = await Promise.all(page.items.map((one) => representation(access, one)));
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    `${path}/deliveries/:deliveryId`,
    {
      config: { access: viewing },
      schema: {
        operationId: "getWebhookDelivery",
        summary: "Get one delivery with what was sent",
        tags,
        params: ofDelivery,
      },
    },
    async ({ params, access }) => {
      const webhook = await getSubscription(db, { kind, id: params.id });
      const delivery = await getDelivery(db, webhook, params.deliveryId);
      const shown = await representation(access, delivery);
      const payload: unknown = JSON.parse(delivery.body);
      return shown.title === undefined ? shown : { ...shown, payload };
    },
  );
  await app.register(sendingRoutes, parts);
};

const sendingRoutes: FastifyPluginAsyncZod<DeliveryLogParts> = async (app, parts) => {
  const { db, changes, deliverer } = parts;
  app.post(
    `${path}/test`,
    {
      config: { access: sending },
      schema: {
        operationId: "testWebhook",
        summary: "Send a test message",
        description:
          "Also where the webhook is off. It is sent once, and the answer says how it went.",
        tags,
        params: ofWebhook,
        response: { 200: DeliveryRepresentation },
      },
    },
    async ({ params, actor, access }) => {
      const webhook = await getSubscription(db, { kind, id: params.id });
      const message = changeMessageOf({
        changeId: newId(),
        at: changes.now,
        actor,
        kind,
        key: webhook.id,
        resources: [`webhook/${webhook.id}`],
        instructions: [{ kind: "testWebhook" }],
        words: ["Test the webhook"],
        comment: "",
        before: undefined,
        after: undefined,
      });
      const id = await deliverer.sendTest(webhook, message);
      return representation(access, await getDelivery(db, webhook, id));
    },
  );

  app.post(
    `${path}/deliveries/:deliveryId/replay`,
    {
      config: { access: sending },
      schema: {
        operationId: "replayWebhookDelivery",
        summary: "Send a message again",
        description: "It is sent after what waits already, with the same webhook-id.",
        tags,
        params: ofDelivery,
        response: { 201: DeliveryRepresentation },
      },
    },
    async ({ params, actor, access }, reply) => {
      const replayed = await changes.write(actor, async (tx, record) => {
        const webhook = await getSubscription(tx, { kind, id: params.id });
        const { message_id } = await getDelivery(tx, webhook, params.deliveryId);
        const again = newDelivery({ subscription_id: webhook.id, message_id, at: changes.now });
        await insertDelivery(tx, again);
        const words = `Send a message to the webhook ${webhook.id} again`;
        const resource = `webhook/${webhook.id}`;
        const after = { messageId: message_id };
        const instruction = "sendWebhook";
        await record(accountChange({ kind, key: webhook.id, resource, instruction, words, after }));
        return getDelivery(tx, webhook, again.id);
      });
      return reply.code(201).send(await representation(access, replayed));
    },
  );
};

const Told = z.object({
  title: z.string(),
  target: z.object({ resources: z.array(z.string()) }),
});

async function representation(
  access: Access,
  delivery: Delivery,
): Promise<z.infer<typeof DeliveryRepresentation>> {
  const { id, state, last_at, status, problem } = delivery;
  const parent = `/api/v2/webhooks/${delivery.subscription_id}`;
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

/** A log of what was told shows nobody a project that is hidden from them. */
async function maySeeAll(access: Access, resources: readonly string[]): Promise<boolean> {
  const projects = resources.flatMap((one) => /^proj\/([^:]+)/u.exec(one)?.[1] ?? []);
  for (const key of new Set(projects))
    if (!(await access.permits("viewProject", ["proj", key]))) return false;
  return true;
}
