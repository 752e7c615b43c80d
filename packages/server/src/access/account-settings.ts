import { z } from "zod";
import type { Db, Tx } from "../storage/database.ts";

/** A setting of the whole account: its name in the store, its shape, and what holds until it is set. */
interface AccountSetting<Schema extends z.ZodType> {
  readonly name: string;
  readonly schema: Schema;
  readonly initial: z.infer<Schema>;
}

/** What the account is called by clients; made with the store. */
export const accountId = {
  name: "accountId",
  schema: z.string(),
  initial: "",
} satisfies AccountSetting<z.ZodString>;

/** Whether everybody who signs in with a password has to have a second factor. */
export const requiresSecondFactor = {
  name: "requiresSecondFactor",
  schema: z.boolean(),
  initial: false,
} satisfies AccountSetting<z.ZodBoolean>;

/** Whether passwords let in owners alone, and everybody else comes by the identity provider. */
export const requiresSso = {
  name: "requiresSso",
  schema: z.boolean(),
  initial: false,
} satisfies AccountSetting<z.ZodBoolean>;

export async function readSetting<Schema extends z.ZodType>(
  db: Db,
  { name, schema, initial }: AccountSetting<Schema>,
): Promise<z.infer<Schema>> {
  const row = await db
    .selectFrom("account_setting")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirst();
  return row === undefined ? initial : schema.parse(JSON.parse(row.value));
}

export async function writeSetting<Schema extends z.ZodType>(
  tx: Tx,
  { name }: AccountSetting<Schema>,
  value: z.infer<Schema>,
): Promise<void> {
  const json = JSON.stringify(value);
  await tx
    .insertInto("account_setting")
    .values({ name, value: json })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: json }))
    .execute();
}

export async function deleteSetting(tx: Tx, { name }: { readonly name: string }): Promise<void> {
  await tx.deleteFrom("account_setting").where("name", "=", name).execute();
}
