import type { Changes } from "../changes/changes.ts";
import type { Db } from "../storage/database.ts";
import { CheckpointStatement, nameOfCheckpoint, signedCheckpoint } from "./checkpoint.ts";
import {
  findNewestCheckpoint,
  headsOfHistories,
  insertCheckpoint,
  newestEntryId,
} from "./checkpoint-queries.ts";
import type { SigningKey } from "./signing-key.ts";

const longestMs = 3_600_000;
const mostEntries = 1_000;

const system = { kind: "system", id: "system", name: "Halyard" } as const;

/** Signs where the log stands, where an hour or a thousand entries have come since the last time. */
export async function makeDueCheckpoint(db: Db, changes: Changes, key: SigningKey): Promise<void> {
  if (!(await isDue(db, changes.now))) return;
  await changes.write(system, async (tx) => {
    const last = await findNewestCheckpoint(tx);
    const former =
      last === undefined ? {} : CheckpointStatement.parse(JSON.parse(last.statement)).heads;
    const statement: CheckpointStatement = {
      id: (last?.id ?? 0) + 1,
      at: changes.now,
      previous: nameOfCheckpoint(last),
      // What has been deleted keeps its history, which must not be cut either.
      heads: { ...former, ...(await headsOfHistories(tx)) },
    };
    const { id, at } = statement;
    const entry_id = await newestEntryId(tx);
    await insertCheckpoint(tx, {
      id,
      at,
      entry_id,
      ...signedCheckpoint(statement, key.privateKey),
    });
  });
}

async function isDue(db: Db, now: number): Promise<boolean> {
  const last = await findNewestCheckpoint(db);
  const entries = (await newestEntryId(db)) - (last?.entry_id ?? 0);
  if (entries === 0) return false;
  return last === undefined || entries >= mostEntries || now - last.at >= longestMs;
}
