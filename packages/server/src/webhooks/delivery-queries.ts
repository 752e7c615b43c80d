import { sql } from "kysely";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import type { Subscription } from "./subscription-queries.ts";

export type Message = Tables["message"];
/** A message on its way to one subscription. */
export interface Delivery extends Omit<Tables["message_delivery"], "sequence"> {
  readonly body: string;
}

type NewDelivery = Omit<Delivery, "body">;

export async function insertMessage(tx: Tx, message: Message): Promise<void> {
  await tx.insertInto("message").values(message).execute();
}

export async function insertDelivery(tx: Tx, delivery: NewDelivery): Promise<void> {
  await tx.insertInto("message_delivery").values(delivery).execute();
}

/** A message to each subscription that is on and has one of these lists of statements; sent at once. */
export async function insertDeliveriesToAll(
  tx: Tx,
  { statements, message_id, at }: { statements: readonly string[]; message_id: string; at: number },
): Promise<void> {
  // One statement however many there are: whoever makes the change waits for it.
  await sql`insert into message_delivery
      (id, subscription_id, message_id, state, attempts, created_at, next_at)
    select lower(hex(randomblob(12))), id, ${message_id}, 'pending', 0, ${at}, ${at}
    from subscription where is_on = 1
      and statements in (select value from json_each(${JSON.stringify(statements)}))`.execute(tx);
}

/** The delivery that is next, of those whose time has come. */
export async function findDueDelivery(
  db: Db,
  subscriptionId: string,
  now: number,
): Promise<Delivery | undefined> {
  return deliveries(db)
    .where("message_delivery.subscription_id", "=", subscriptionId)
    .where("message_delivery.state", "=", "pending")
    .where("message_delivery.next_at", "<=", now)
    .orderBy("message_delivery.sequence")
    .limit(1)
    .executeTakeFirst();
}

export async function getDelivery(
  db: Db,
  { id: subscriptionId }: Subscription,
  id: string,
): Promise<Delivery> {
  const delivery = await deliveries(db)
    .where("message_delivery.subscription_id", "=", subscriptionId)
    .where("message_delivery.id", "=", id)
    .executeTakeFirst();
  if (delivery !== undefined) return delivery;
  throw new DomainError("not_found", `there is no delivery "${id}"; they are kept for 30 days`);
}

/** The newest first. */
export async function listDeliveries(
  db: Db,
  { id: subscriptionId }: Subscription,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ readonly items: readonly Delivery[]; readonly totalCount: number }> {
  const { count } = await db
    .selectFrom("message_delivery")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("subscription_id", "=", subscriptionId)
    .executeTakeFirstOrThrow();
  const items = await deliveries(db)
    .where("message_delivery.subscription_id", "=", subscriptionId)
    .orderBy("message_delivery.sequence", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  return { items, totalCount: count };
}

export async function updateDelivery(
  tx: Tx,
  id: string,
  outcome: Partial<NewDelivery>,
): Promise<void> {
  await tx.updateTable("message_delivery").set(outcome).where("id", "=", id).execute();
}

/** Ends whatever still waits to be sent. */
export async function failPendingDeliveries(tx: Tx, subscriptionId: string): Promise<void> {
  await tx
    .updateTable("message_delivery")
    .set({ state: "failed" })
    .where("subscription_id", "=", subscriptionId)
    .where("state", "=", "pending")
    .execute();
}

/** Deliveries go along with their messages. */
export async function deleteMessagesBefore(tx: Tx, time: number): Promise<void> {
  await tx.deleteFrom("message").where("created_at", "<", time).execute();
}

/** How sending to a subscription went, as far as it is kept. */
export async function tallyOf(
  db: Db,
  { id }: Subscription,
): Promise<{ successCount: number; errorCount: number; lastSuccess: number; lastError: number }> {
  const tally = async (state: Delivery["state"]) =>
    db
      .selectFrom("message_delivery")
      .select((eb) => [eb.fn.countAll<number>().as("count"), eb.fn.max("last_at").as("last")])
      .where("subscription_id", "=", id)
      .where((eb) =>
        state === "delivered"
          ? eb("state", "=", state)
          : // One that is tried again has failed at least once, too.
            eb.and([eb("state", "!=", "delivered"), eb("attempts", ">", 0)]),
      )
      .executeTakeFirstOrThrow();
  const [success, error] = [await tally("delivered"), await tally("failed")];
  return {
    successCount: success.count,
    errorCount: error.count,
    lastSuccess: success.last ?? 0,
    lastError: error.last ?? 0,
  };
}

function deliveries(db: Db) {
  return db
    .selectFrom("message_delivery")
    .innerJoin("message", "message.id", "message_delivery.message_id")
    .select([
      "message_delivery.id",
      "message_delivery.subscription_id",
      "message_delivery.message_id",
      "message_delivery.state",
      "message_delivery.attempts",
      "message_delivery.created_at",
      "message_delivery.next_at",
      "message_delivery.last_at",
      "message_delivery.status",
      "message_delivery.problem",
      "message.body",
    ]);
}
