import { type Kysely, sql } from "kysely";

/** When a project's flags count as ready to go. */
export async function createLifecycle(db: Kysely<never>): Promise<void> {
  await sql`alter table project add column lifecycle text not null default '{}'`.execute(db);
}
