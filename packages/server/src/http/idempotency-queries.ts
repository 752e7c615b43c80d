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

export async function insertAnswer(tx: Tx, row: Row): Promise<void> {
  await tx.insertInto("idempotency").values(row).execute();
}

export async function deleteAnswersBefore(tx: Tx, time: number): Promise<void> {
  await tx.deleteFrom("idempotency").where("created_at", "<=", time).execute();
}
