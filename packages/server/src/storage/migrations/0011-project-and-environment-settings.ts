import { type Kysely, sql } from "kysely";

/** What projects and environments can be told, and the kinds of contexts that a project knows. */
export async function createProjectAndEnvironmentSettings(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`alter table project add column flag_defaults text not null default '{}'`,
    sql`alter table project add column naming_convention text`,
    sql`alter table project add column default_release_pipeline text`,
    sql`alter table environment add column default_ttl integer not null default 0`,
    sql`alter table environment add column default_track_events integer not null default 0`,
    sql`alter table environment add column require_comments integer not null default 0`,
    sql`alter table environment add column confirm_changes integer not null default 0`,
    sql`update environment set confirm_changes = critical`,
    sql`create table context_kind (
      project_id text not null references project (id) on delete cascade, key text not null,
      name text not null, description text not null, version integer not null,
      created_at integer not null, updated_at integer not null, last_seen_at integer,
      created_from text not null, hide_in_targeting integer not null, archived integer not null,
      primary key (project_id, key)) strict`,
    sql`insert into context_kind
      select id, 'user', 'User', '', 1, created_at, created_at, null, 'default', 0, 0 from project`,
  ];
  for (const statement of statements) await statement.execute(db);
}
