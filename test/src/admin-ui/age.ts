import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ServerProcess } from "../server-process.ts";

const dayMs = 24 * 3_600_000;

/** Makes flags older than they are, with all that was done to them: nobody waits for a month in a test. */
export function age({ dataFolder }: ServerProcess, flags: readonly string[], days: number): void {
  const database = new DatabaseSync(path.join(dataFolder, "halyard.sqlite"));
  try {
    const by = days * dayMs;
    const keys = flags.map(() => "?").join(", ");
    database
      .prepare(`update flag set created_at = created_at - ? where key in (${keys})`)
      .run(by, ...flags);
    database
      .prepare(
        `update item set updated_at = updated_at - ? where kind = 'flag' and key in (${keys})`,
      )
      .run(by, ...flags);
  } finally {
    database.close();
  }
}
