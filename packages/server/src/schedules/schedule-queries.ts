import type { FlagInstruction } from "@halyard/instructions";
import type { Actor } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type ScheduledChange = Tables["scheduled_change"];

/** Where scheduled changes are: a flag in an environment. */
export interface SchedulePlace {
  readonly projectId: string;
  readonly environmentKey: string;
  readonly flagKey: string;
}

/** Those that are still to come or have failed, the next one first. */
export async function listScheduledChanges(
  db: Db,
  { projectId, environmentKey, flagKey }: SchedulePlace,
): Promise<readonly ScheduledChange[]> {
  return db
    .selectFrom("scheduled_change")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("environment_key", "=", environmentKey)
    .where("flag_key", "=", flagKey)
    .where("status", "!=", "completed")
    .orderBy("execution_date")
    .orderBy("id")
    .execute();
}

/** Those of a flag that are still to come, in every environment. */
export async function listPendingOf(
  db: Db,
  projectId: string,
  flagKey: string,
): Promise<readonly ScheduledChange[]> {
  return db
    .selectFrom("scheduled_change")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("flag_key", "=", flagKey)
    .where("status", "=", "pending")
    .orderBy("execution_date")
    .execute();
}

export async function listDueChanges(db: Db, now: number): Promise<readonly ScheduledChange[]> {
  return db
    .selectFrom("scheduled_change")
    .selectAll()
    .where("status", "=", "pending")
    .where("execution_date", "<=", now)
    .orderBy("execution_date")
    .orderBy("id")
    .execute();
}

export async function findScheduledChange(
  db: Db,
  id: string,
): Promise<ScheduledChange | undefined> {
  return db.selectFrom("scheduled_change").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function getScheduledChange(
  db: Db,
  place: SchedulePlace,
  id: string,
): Promise<ScheduledChange> {
  const found = await findScheduledChange(db, id);
  const isHere =
    found?.project_id === place.projectId &&
    found.environment_key === place.environmentKey &&
    found.flag_key === place.flagKey;
  if (found !== undefined && isHere) return found;
  throw new DomainError(
    "not_found",
    `the flag has no scheduled change "${id}" in this environment; list them to find the id`,
  );
}

export async function saveScheduledChange(
  tx: Tx,
  change: ScheduledChange,
): Promise<ScheduledChange> {
  const { id: _, ...rest } = change;
  return tx
    .insertInto("scheduled_change")
    .values(change)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteScheduledChange(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("scheduled_change").where("id", "=", id).execute();
}

export function scheduledInstructions({
  instructions,
}: Pick<ScheduledChange, "instructions">): readonly FlagInstruction[] {
  return JSON.parse(instructions) as readonly FlagInstruction[]; // Written from its own type.
}

export function authorIn({ author }: Pick<ScheduledChange, "author">): Actor {
  return JSON.parse(author) as Actor; // Written from its own type.
}
