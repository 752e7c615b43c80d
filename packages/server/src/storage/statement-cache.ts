import type Sqlite from "better-sqlite3";
import type { SqliteDatabase, SqliteStatement } from "kysely";

/** More than a server asks in different ways; what is asked once, such as a long insert, makes room. */
const mostStatements = 500;

/**
 * Prepares each statement once: to read one row by its key, SQLite takes longer to understand the
 * question than to answer it. Only for a store whose tables stay as they are.
 */
export class StatementCache implements SqliteDatabase {
  readonly #database: Sqlite.Database;
  /** By their text, the one that was asked for last at the end. */
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: Sqlite.Database) {
    this.#database = database;
  }

  prepare(text: string): SqliteStatement {
    const statement = this.#statements.get(text) ?? this.#database.prepare(text);
    this.#statements.delete(text);
    this.#statements.set(text, statement);
    if (this.#statements.size > mostStatements) {
      const [oldest = text] = this.#statements.keys();
      this.#statements.delete(oldest);
    }
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}
