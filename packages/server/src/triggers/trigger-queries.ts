import { rowAt } from "../deferred/deferred-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { FlagColumns } from "../storage/tables/deferred-tables.ts";
import type { Tables } from "../storage/tables.ts";
import type { TriggerAction } from "./trigger-instructions.ts";

export type Trigger = Tables["trigger"];

/** What a call sent. */
export interface TriggerBody {
  readonly timestamp: number;
  readonly jsonBody: Readonly<Record<string, unknown>>;
}

export async function listTriggers(db: Db, place: FlagColumns): Promise<readonly Trigger[]> {
  return db
    .selectFrom("trigger")
    .selectAll()
    .where((row) => row.and({ ...place }))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function findTrigger(db: Db, id: string): Promise<Trigger | undefined> {
  return db.selectFrom("trigger").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function getTrigger(db: Db, place: FlagColumns, id: string): Promise<Trigger> {
  return rowAt(place, await findTrigger(db, id), "trigger", id);
}

export async function saveTrigger(tx: Tx, trigger: Trigger): Promise<Trigger> {
  const { id: _, ...rest } = trigger;
  return tx
    .insertInto("trigger")
    .values(trigger)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteTrigger(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("trigger").where("id", "=", id).execute();
}

export function actionsOf({ instructions }: Trigger): TriggerAction[] {
  return JSON.parse(instructions) as TriggerAction[]; // Written from its own type.
}

export function bodiesOf({ recent_bodies }: Trigger): readonly TriggerBody[] {
  return JSON.parse(recent_bodies) as readonly TriggerBody[]; // Written from its own type.
}
