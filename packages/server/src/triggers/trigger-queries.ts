import type { Actor } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import type { TriggerAction } from "./trigger-instructions.ts";

export type Trigger = Tables["trigger"];

/** Where triggers are: a flag in an environment. */
export interface TriggerPlace {
  readonly projectId: string;
  readonly environmentKey: string;
  readonly flagKey: string;
}

/** What a call sent. */
export interface TriggerBody {
  readonly timestamp: number;
  readonly jsonBody: Readonly<Record<string, unknown>>;
}

export async function listTriggers(
  db: Db,
  { projectId, environmentKey, flagKey }: TriggerPlace,
): Promise<readonly Trigger[]> {
  return db
    .selectFrom("trigger")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("environment_key", "=", environmentKey)
    .where("flag_key", "=", flagKey)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function findTrigger(db: Db, id: string): Promise<Trigger | undefined> {
  return db.selectFrom("trigger").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function getTrigger(db: Db, place: TriggerPlace, id: string): Promise<Trigger> {
  const found = (await listTriggers(db, place)).find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new DomainError(
    "not_found",
    `the flag has no trigger "${id}" in this environment; list them to find the id`,
  );
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

export function authorOf({ author }: Trigger): Actor {
  return JSON.parse(author) as Actor; // Written from its own type.
}

export function bodiesOf({ recent_bodies }: Trigger): readonly TriggerBody[] {
  return JSON.parse(recent_bodies) as readonly TriggerBody[]; // Written from its own type.
}
