import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Db, Tx } from "../storage/database.ts";

/** A row of the log before it is chained. */
export interface ChangeEntry {
  /** The id of the environment, of the project for what no SDK is served, or "account". */
  readonly history: string;
  readonly version: number;
  readonly change_id: string;
  readonly at: number;
  readonly actor: string;
  readonly kind: string;
  readonly key: string;
  readonly instructions: string;
  readonly comment: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly resources: string | null;
  readonly words: string | null;
  readonly is_first: number | null;
}

const start = "0".repeat(64);

/** Appends a row that carries the hash of the row before. */
export async function appendChange(tx: Tx, entry: ChangeEntry): Promise<void> {
  const last = await tx
    .selectFrom("change")
    .select("hash")
    .where("history", "=", entry.history)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  const previous_hash = last?.hash ?? start;
  const row = { ...entry, previous_hash, hash: hashOf(entry, previous_hash) };
  await tx.insertInto("change").values(row).execute();
}

/** The newest rows of each history, which are checked at every start. */
const tailLength = 100;

/** Throws where the end of a history is damaged or cut off: what would be served is not what was written. */
export async function checkTails(db: Db): Promise<void> {
  const histories = [
    ...(await db.selectFrom("account").select(["id", "version"]).execute()),
    ...(await db.selectFrom("environment").select(["id", "version"]).execute()),
    ...(await db.selectFrom("project").select(["id", "version"]).execute()),
  ];
  for (const { id, version } of histories) {
    const broken = await firstBrokenVersion(db, id, Math.max(1, version - tailLength + 1));
    const last = await db
      .selectFrom("change")
      .select((eb) => eb.fn.max("version").as("version"))
      .where("history", "=", id)
      .executeTakeFirst();
    const problem = broken ?? ((last?.version ?? 0) === version ? undefined : version);
    if (problem !== undefined) {
      throw new Error(
        `the change log of ${id} is damaged at version ${problem}; restore the database from a backup`,
      );
    }
  }
}

const rowsAtOnce = 500;

/** The first version of a history that is missing or was tampered with; undefined where all is well. */
export async function firstBrokenVersion(
  db: Db,
  history: string,
  from = 1,
): Promise<number | undefined> {
  let previousHash = from === 1 ? start : undefined;
  for (let expected = from; ; ) {
    const rows = await db
      .selectFrom("change")
      .selectAll()
      .where("history", "=", history)
      .where("version", ">=", expected)
      .orderBy("version")
      .limit(rowsAtOnce)
      .execute();
    for (const { previous_hash, hash, ...entry } of rows) {
      const isWhole =
        entry.version === expected && previous_hash === (previousHash ?? previous_hash);
      if (!isWhole || hash !== hashOf(entry, previous_hash)) return expected;
      previousHash = hash;
      expected += 1;
    }
    if (rows.length < rowsAtOnce) return undefined;
    // The store answers at once: without a pause nobody else would be served.
    await setImmediate();
  }
}

// Rows from before these were kept were hashed without them.
const lateMembers = ["resources", "words", "is_first"];

function hashOf(entry: ChangeEntry, previousHash: string): string {
  const members = Object.entries(entry)
    .filter(([name, value]) => value !== null || !lateMembers.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(previousHash).update(JSON.stringify(members)).digest("hex");
}
