import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

type Row = Tables["idempotency"];

export async function findAnswer(db: Db, id: string, after: number): Promise<Row | undefined> {
  return db
    .selectFrom("idempotency")
    .selectAll()
    .where("id", "=", id)
    .where("created_at", ">", after)
    .executeTakeFirst();
}

/** Says that a write is done, of which the answer is not known yet. */
export async function markDone(tx: Tx, row: Omit<Row, "answer">): Promise<void> {
  await tx
    .insertInto("idempotency")
    .values({ ...row, answer: Buffer.alloc(0) })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

export async function saveAnswer(tx: Tx, row: Row): Promise<void> {
  const { answer, created_at } = row;
  await tx
    .insertInto("idempotency")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ answer, created_at }))
    .execute();
}

/** For a write that was refused after all. */
export async function deleteMark(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("idempotency").where("id", "=", id).execute();
}

export async function deleteAnswersBefore(tx: Tx, time: number): Promise<void> {
  await tx.deleteFrom("idempotency").where("created_at", "<=", time).execute();
}
