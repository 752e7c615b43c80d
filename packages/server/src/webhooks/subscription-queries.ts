import type { Statement } from "../access/policy.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type Subscription = Tables["subscription"];

export async function listSubscriptions(db: Db, kind: string): Promise<readonly Subscription[]> {
  return db
    .selectFrom("subscription")
    .selectAll()
    .where("kind", "=", kind)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** What those that are told of changes ask for, of every kind: each list of statements once. */
export async function listStatementsOn(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("subscription")
    .select("statements")
    .distinct()
    .where("is_on", "=", 1)
    .execute();
  return rows.map(({ statements }) => statements);
}

export async function findSubscription(db: Db, id: string): Promise<Subscription | undefined> {
  return db.selectFrom("subscription").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function getSubscription(
  db: Db,
  { id, kind }: Pick<Subscription, "id" | "kind">,
): Promise<Subscription> {
  const subscription = await findSubscription(db, id);
  if (subscription?.kind === kind) return subscription;
  const what = kind === "webhook" ? "webhook" : `subscription of the integration "${kind}"`;
  throw new DomainError("not_found", `there is no ${what} with the id "${id}"`);
}

export async function saveSubscription(tx: Tx, subscription: Subscription): Promise<void> {
  const { id: _, kind: __, created_at: ___, ...settings } = subscription;
  await tx
    .insertInto("subscription")
    .values(subscription)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(settings))
    .execute();
}

export async function deleteSubscription(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("subscription").where("id", "=", id).execute();
}

/** The ids of those to which something can be sent now. */
export async function listDueSubscriptions(db: Db, now: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("subscription")
    .select("id")
    .where("is_on", "=", 1)
    .where("blocked_until", "<=", now)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("message_delivery")
          .select("message_delivery.id")
          .whereRef("message_delivery.subscription_id", "=", "subscription.id")
          .where("message_delivery.state", "=", "pending")
          .where("message_delivery.next_at", "<=", now),
      ),
    )
    .execute();
  return rows.map(({ id }) => id);
}

export function statementsOf({ statements }: Pick<Subscription, "statements">): Statement[] {
  // Written by this server from its own types.
  return JSON.parse(statements) as Statement[];
}
