import { type Kysely, sql } from "kysely";

/** What belongs to no project gets a history, and every change says in words what it did to what. */
export async function createAccountHistory(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`create table account (id text primary key, version integer not null) strict`,
    sql`insert into account (id, version) values ('account', 0)`,
    sql`alter table environment add column tags text not null default '[]'`,
    sql`alter table change add column resources text`,
    sql`alter table change add column words text`,
    sql`alter table change add column is_first integer`,
    sql`create index change_by_time on change (at desc, history, version) where is_first = 1`,
    sql`create index change_by_id on change (change_id)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
