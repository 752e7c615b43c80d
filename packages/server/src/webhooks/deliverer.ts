import { setImmediate } from "node:timers/promises";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { parseIntegrationConfig, parseIntegrationKey } from "../integrations/integration.ts";
import { integrationRequest } from "../integrations/integration-messages.ts";
import { type Outbound, OutboundError, type OutboundRequest } from "../outbound/outbound.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { ChangeMessage } from "./change-message.ts";
import {
  type Delivery,
  deleteMessagesBefore,
  failPendingDeliveries,
  findDueDelivery,
  insertDelivery,
  insertMessage,
  updateDelivery,
} from "./delivery-queries.ts";
import { newDelivery } from "./enqueue.ts";
import { delayAfter, isReceiverDown, patienceMs } from "./retry.ts";
import { signatureHeaders } from "./signature.ts";
import { resourceOf } from "./subscription-changes.ts";
import {
  findSubscription,
  listDueSubscriptions,
  type Subscription,
  saveSubscription,
} from "./subscription-queries.ts";
import { secretsAt, webhookConfigOf } from "./webhook.ts";

const paceMs = 1_000;
const hourMs = 3_600_000;
const keptMs = 30 * 24 * hourMs;
/** Queues that are sent side by side; the others wait for the next turn. */
const mostQueues = 32;
const system = { kind: "system", id: "system", name: "Halyard" } as const;

export interface DelivererParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly outbound: Outbound;
  readonly onError: (error: unknown) => void;
}

interface Outcome {
  readonly isDelivered: boolean;
  readonly status: number | undefined;
  readonly problem: string | undefined;
}

/**
 * Sends what waits in the outbox: to each subscription one after the other, to all of them side by
 * side. What was sent is marked after the answer, so that a crash sends twice rather than never.
 */
export class Deliverer {
  readonly #parts: DelivererParts;
  readonly #timer: NodeJS.Timeout;
  readonly #end = new AbortController();
  /** By the id of the subscription. */
  readonly #queues = new Map<string, Promise<void>>();
  /** Attempts of which nothing is written yet. */
  readonly #ended: Attempt[] = [];
  /** What will write them. */
  #keeping: Promise<void> | undefined;
  #cleanedAt = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: DelivererParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => {
      this.#turn = this.#begin();
    }, paceMs);
    this.#timer.unref();
  }

  /** Sends now what is due; resolves when it has been tried. */
  async sendDue(): Promise<void> {
    await this.#begin();
    await Promise.all(this.#queues.values());
  }

  /** Sends a message that is nobody's change, out of turn and once. */
  async sendTest(subscription: Subscription, message: ChangeMessage): Promise<string> {
    const { changes } = this.#parts;
    const at = changes.now;
    const kept = { id: newId(), body: JSON.stringify(message), created_at: at };
    const waiting = newDelivery({ subscription_id: subscription.id, message_id: kept.id, at });
    const outcome = await this.#send(subscription, { ...waiting, body: kept.body });
    await changes.write(system, async (tx) => {
      await insertMessage(tx, kept);
      const state = outcome.isDelivered ? "delivered" : "failed";
      await insertDelivery(tx, {
        ...waiting,
        ...columnsOf(outcome),
        state,
        attempts: 1,
        last_at: at,
      });
    });
    return waiting.id;
  }

  /** Lets go of what is being sent; it is sent again after the next start. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#end.abort();
    await this.#turn;
    await Promise.all(this.#queues.values());
  }

  async #begin(): Promise<void> {
    const { db, changes, onError } = this.#parts;
    try {
      await this.#clean();
      if (this.#queues.size >= mostQueues) return;
      for (const id of await listDueSubscriptions(db, changes.now)) {
        if (this.#end.signal.aborted || this.#queues.size >= mostQueues) return;
        if (this.#queues.has(id)) continue;
        const queue = this.#sendQueue(id)
          .catch(onError)
          .finally(() => this.#queues.delete(id));
        this.#queues.set(id, queue);
      }
    } catch (error) {
      onError(error);
    }
  }

  async #sendQueue(id: string): Promise<void> {
    const { db, changes } = this.#parts;
    while (!this.#end.signal.aborted) {
      const subscription = await findSubscription(db, id);
      const { now } = changes;
      if (subscription === undefined || subscription.is_on === 0) return;
      if (subscription.blocked_until > now) return;
      const delivery = await findDueDelivery(db, id, now);
      if (delivery === undefined) return;
      const outcome = await this.#send(subscription, delivery);
      if (this.#end.signal.aborted) return;
      await this.#keep({ id, delivery, outcome, now: changes.now });
    }
  }

  /** Writes down how attempts went: those that end together in one go, since each write is waited for. */
  #keep(attempt: Attempt): Promise<void> {
    this.#ended.push(attempt);
    this.#keeping ??= this.#keepEnded();
    return this.#keeping;
  }

  async #keepEnded(): Promise<void> {
    // Whatever else is at hand by now has ended with it, such as attempts with the same time limit.
    await setImmediate();
    this.#keeping = undefined;
    const ended = this.#ended.splice(0);
    await this.#parts.changes.write(system, async (tx, record) => {
      for (const attempt of ended) {
        const off = await keepOutcome(tx, attempt);
        if (off !== undefined) await record(accountChange(off));
      }
    });
  }

  async #send(subscription: Subscription, delivery: Delivery): Promise<Outcome> {
    const { outbound, changes } = this.#parts;
    try {
      const request = requestFor(subscription, delivery, changes.now);
      const { status } = await outbound.post(request, this.#end.signal);
      const isDelivered = status >= 200 && status < 300;
      return { isDelivered, status, problem: isDelivered ? undefined : `it answered ${status}` };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { isDelivered: false, status: undefined, problem: error.message };
    }
  }

  async #clean(): Promise<void> {
    const { changes } = this.#parts;
    const { now } = changes;
    if (now - this.#cleanedAt < hourMs) return;
    this.#cleanedAt = now;
    await changes.write(system, (tx) => deleteMessagesBefore(tx, now - keptMs));
  }
}

function requestFor(
  subscription: Subscription,
  { body, message_id: id }: Delivery,
  now: number,
): OutboundRequest {
  if (subscription.kind !== "webhook") {
    const config = parseIntegrationConfig(
      parseIntegrationKey(subscription.kind),
      JSON.parse(subscription.config),
    );
    return integrationRequest(config, JSON.parse(body) as ChangeMessage); // Written by this server.
  }
  const config = webhookConfigOf(subscription);
  const timestamp = Math.floor(now / 1000);
  return {
    url: config.url,
    headers: {
      "content-type": "application/json",
      "user-agent": "Halyard-Webhooks/1",
      ...signatureHeaders({ id, timestamp, body }, secretsAt(config, now)),
    },
    body,
  };
}

interface Attempt {
  readonly id: string;
  readonly delivery: Delivery;
  readonly outcome: Outcome;
  readonly now: number;
}

/** Gives the change to record where a receiver has failed for so long that it is turned off. */
async function keepOutcome(
  tx: Tx,
  { id, delivery, outcome, now }: Attempt,
): Promise<AccountChange | undefined> {
  const attempts = delivery.attempts + 1;
  const next_at = now + delayAfter(attempts);
  const isGivenUp = now - delivery.created_at >= patienceMs;
  const state = outcome.isDelivered ? "delivered" : isGivenUp ? "failed" : "pending";
  await updateDelivery(tx, delivery.id, {
    ...columnsOf(outcome),
    state,
    attempts,
    next_at,
    last_at: now,
  });
  const subscription = await findSubscription(tx, id);
  if (subscription === undefined) return undefined;
  if (outcome.isDelivered) {
    await saveSubscription(tx, { ...subscription, blocked_until: 0, failing_since: null });
    return undefined;
  }
  const failing_since = subscription.failing_since ?? now;
  const isDead = now - failing_since >= patienceMs;
  // A message that the receiver refuses does not hold up the others; a receiver that is down gets none.
  const blocked_until = isReceiverDown(outcome.status) && state === "pending" ? next_at : 0;
  await saveSubscription(tx, {
    ...subscription,
    failing_since: isDead ? null : failing_since,
    blocked_until: isDead ? 0 : blocked_until,
    is_on: isDead ? 0 : subscription.is_on,
  });
  if (!isDead) return undefined;
  await failPendingDeliveries(tx, id);
  const { kind } = subscription;
  return {
    kind: kind === "webhook" ? kind : "integration",
    key: id,
    resource: resourceOf(subscription),
    instruction: "updateOn",
    words: `Turn off ${subscription.name === "" ? id : subscription.name}: nothing was received for 7 days`,
    before: { on: true },
    after: { on: false },
  };
}

function columnsOf({ status, problem }: Outcome): Pick<Delivery, "status" | "problem"> {
  return { status: status ?? null, problem: problem ?? null };
}
