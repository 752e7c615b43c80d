import { type Kysely, sql } from "kysely";

/** Where flags are used in code, as scanners report it: a row for each piece of a file. */
export async function createCodeReferences(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`create table code_repository (
      id text primary key, name text not null unique, type text not null,
      source_link text not null, commit_url_template text not null,
      hunk_url_template text not null, default_branch text not null, enabled integer not null,
      version integer not null, created_at integer not null) strict`,
    sql`create table code_branch (
      id text primary key,
      repository_id text not null references code_repository (id) on delete cascade,
      name text not null, head text not null, update_sequence_id integer,
      sync_time integer not null, commit_time integer, unique (repository_id, name)) strict`,
    sql`create table code_hunk (
      branch_id text not null references code_branch (id) on delete cascade,
      position integer not null, path text not null, hint text,
      starting_line integer not null, lines text, project_key text not null,
      flag_key text not null, aliases text not null, content_hash text,
      primary key (branch_id, position)) strict, without rowid`,
    sql`create index code_hunk_by_flag on code_hunk (project_key, flag_key, branch_id)`,
    sql`create table code_extinction (
      branch_id text not null references code_branch (id) on delete cascade,
      project_key text not null, flag_key text not null, revision text not null,
      message text not null, time integer not null,
      primary key (branch_id, project_key, flag_key, revision)) strict, without rowid`,
  ];
  for (const statement of statements) await statement.execute(db);
}
