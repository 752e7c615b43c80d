import { mkdirSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { Kysely, SqliteDialect, type Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { lockFolder } from "./lock.ts";
import { migrations } from "./migrations.ts";
import { StatementCache } from "./statement-cache.ts";
import type { Tables } from "./tables.ts";

/** What reads need: a connection or a transaction. */
export type Db = Kysely<Tables>;

/** What writes need. Asking for it in the signature makes a write outside a transaction a type error. */
export type Tx = Transaction<Tables>;

/** Kept, so that two of its predecessors' defects in write-ahead logging cannot bite. */
const oldestSqlite = [3, 51, 3] as const;

const databaseFile = "halyard.sqlite";

/** Opens the store in a folder, creates or upgrades its tables, and makes every commit durable. */
export async function openDatabase(folder: string): Promise<Db> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  const sqlite = new Sqlite(path.join(folder, databaseFile));
  try {
    checkSqlite(sqlite);
    for (const pragma of profile) sqlite.pragma(pragma);
  } catch (error) {
    sqlite.close();
    unlock();
    throw error;
  }
  const db: Db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: new StatementCache(sqlite) }),
  });
  const destroy = db.destroy.bind(db);
  db.destroy = async () => {
    await destroy();
    unlock();
  };
  const { error } = await new Migrator({
    // Statements are kept for tables as they are afterwards.
    db: new Kysely({ dialect: new SqliteDialect({ database: sqlite }) }),
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw new Error(`cannot upgrade the store in ${folder}`, { cause: error });
  }
  return db;
}

/** Opens the store in a folder to read only, also while a server runs on it. */
export function openToRead(folder: string): Db {
  const database = new Sqlite(path.join(folder, databaseFile), {
    readonly: true,
    fileMustExist: true,
  });
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

const profile = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "foreign_keys = ON",
  "busy_timeout = 5000",
  "wal_autocheckpoint = 1000",
  "journal_size_limit = 67108864",
  "mmap_size = 0",
  // 16 MB: without it lists and the audit log read their pages anew for each question.
  "cache_size = -16384",
  "cell_size_check = ON",
  "trusted_schema = OFF",
  "temp_store = MEMORY",
];

function checkSqlite(sqlite: Sqlite.Database): void {
  const version = String(sqlite.prepare("select sqlite_version()").pluck().get());
  const parts = version.split(".").map(Number);
  const isOlder = oldestSqlite.some(
    (wanted, index) =>
      (parts[index] ?? 0) < wanted &&
      oldestSqlite.slice(0, index).every((same, at) => parts[at] === same),
  );
  if (isOlder)
    throw new Error(`SQLite ${version} is too old; ${oldestSqlite.join(".")} or newer is needed`);
  const check = String(sqlite.pragma("quick_check", { simple: true }));
  if (check !== "ok")
    throw new Error(`the database is damaged (${check}); restore it from a backup`);
}
