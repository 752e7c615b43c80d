import { type Kysely, sql } from "kysely";

/** What is done step by step: workflows, their templates, and releases through pipelines. */
export async function createWorkflows(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`create table workflow (
      id text primary key, project_id text not null references project (id) on delete cascade,
      environment_key text not null, flag_key text not null, author text not null,
      name text not null, description text not null, template_key text, status text not null,
      failure text, stages text not null, version integer not null, created_at integer not null,
      stopped_at integer) strict`,
    sql`create index workflow_by_status on workflow (status)`,
    sql`create table workflow_template (
      id text primary key, key text not null unique, name text not null,
      description text not null, author text not null, stages text not null,
      created_at integer not null) strict`,
    sql`create table release_pipeline (
      id text primary key, project_id text not null references project (id) on delete cascade,
      key text not null, name text not null, description text not null, tags text not null,
      phases text not null, is_default integer not null, version integer not null,
      created_at integer not null, unique (project_id, key)) strict`,
    sql`create table release (
      project_id text not null references project (id) on delete cascade, flag_key text not null,
      pipeline_key text not null, name text not null, description text not null,
      variation_id text not null, phases text not null, version integer not null,
      created_at integer not null, primary key (project_id, flag_key)) strict`,
  ];
  for (const statement of statements) await statement.execute(db);
}
