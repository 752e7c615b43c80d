import type { FlagInstruction } from "@halyard/instructions";
import { rowAt } from "../deferred/deferred-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { FlagColumns } from "../storage/tables/deferred-tables.ts";
import type { Tables } from "../storage/tables.ts";

export type ScheduledChange = Tables["scheduled_change"];

/** Those that are still to come or have failed, the next one first. */
export async function listScheduledChanges(
  db: Db,
  place: FlagColumns,
): Promise<readonly ScheduledChange[]> {
  return db
    .selectFrom("scheduled_change")
    .selectAll()
    .where((row) => row.and({ ...place }))
    .where("status", "!=", "completed")
    .orderBy("execution_date")
    .orderBy("id")
    .execute();
}

/** Those of a whole project that are still to come or have failed, the next one first. */
export async function listScheduledInProject(
  db: Db,
  projectId: string,
): Promise<readonly ScheduledChange[]> {
  return db
    .selectFrom("scheduled_change")
    .selectAll()
    .where("project_id", "=", projectId)
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
  place: FlagColumns,
  id: string,
): Promise<ScheduledChange> {
  return rowAt(place, await findScheduledChange(db, id), "scheduled change", id);
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
