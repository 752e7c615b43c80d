import { setImmediate } from "node:timers/promises";
import type { Db } from "../storage/database.ts";
import { type AuditSearch, nextEntries } from "./audit-queries.ts";
import { AuditNames, wholeAuditEntry } from "./audit-representation.ts";

const entriesAtOnce = 50;

/** Entries that fit as JSON, one a line, the oldest first; read as they are taken. */
export async function* exportedLines(db: Db, search: AuditSearch): AsyncGenerator<string> {
  for (let id = 0; ; ) {
    const entries = await nextEntries(db, search, { limit: entriesAtOnce, id });
    const names = new AuditNames(db);
    for (const entry of entries) {
      yield `${JSON.stringify(await wholeAuditEntry(entry, names))}\n`;
    }
    const last = entries.at(-1);
    if (last === undefined || entries.length < entriesAtOnce) return;
    id = last.id;
    await setImmediate();
  }
}
