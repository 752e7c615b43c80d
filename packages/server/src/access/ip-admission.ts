import type { FastifyInstance } from "fastify";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";
import { isWithin } from "./ip-allow-list.ts";
import { findAllowedBlocks } from "./ip-allow-list-queries.ts";

/** Lets only the addresses of the account's list reach the routes of a plugin, where it is in force. */
export function admitListedAddresses(app: FastifyInstance, db: Db): void {
  app.addHook("onRequest", async ({ ip }) => requireListedAddress(db, ip));
}

export async function requireListedAddress(db: Db, address: string): Promise<void> {
  const blocks = await findAllowedBlocks(db);
  if (blocks === undefined || isWithin(address, blocks)) return;
  throw new DomainError(
    "forbidden",
    `the account lets only listed addresses in, and ${address} is none; ask an admin to add it`,
  );
}
