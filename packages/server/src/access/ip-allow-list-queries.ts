import { z } from "zod";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import { readSetting } from "./account-settings.ts";

export type IpAllowListEntry = Tables["ip_allow_list_entry"];

/** Whether only the listed addresses may come in; while it is off the list can be made ready. */
export const allowsListedOnly = {
  name: "allowsListedAddressesOnly",
  schema: z.boolean(),
  initial: false,
};

export async function listAllowedAddresses(db: Db): Promise<readonly IpAllowListEntry[]> {
  return db
    .selectFrom("ip_allow_list_entry")
    .selectAll()
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** The blocks that may come in; undefined where everybody may. */
export async function findAllowedBlocks(db: Db): Promise<readonly string[] | undefined> {
  if (!(await readSetting(db, allowsListedOnly))) return undefined;
  return (await listAllowedAddresses(db)).map(({ cidr }) => cidr);
}

export async function saveAllowedAddress(tx: Tx, entry: IpAllowListEntry): Promise<void> {
  const { cidr, description } = entry;
  await tx
    .insertInto("ip_allow_list_entry")
    .values(entry)
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ cidr, description }))
    .execute();
}

export async function deleteAllowedAddress(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("ip_allow_list_entry").where("id", "=", id).execute();
}
