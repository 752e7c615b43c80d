import { type Kysely, sql } from "kysely";

/** Environments may keep no contexts, or for another time than usual. */
export async function createContextSettings(db: Kysely<never>): Promise<void> {
  await sql`create table context_setting (
    environment_id text primary key references environment (id) on delete cascade,
    is_kept integer not null, retention_days integer not null) strict`.execute(db);
}
