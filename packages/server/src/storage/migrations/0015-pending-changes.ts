import { type Kysely, sql } from "kysely";

/** What is to be done later: approval requests, scheduled changes, triggers. */
export async function createPendingChanges(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`alter table environment add column approval_settings text not null default '{}'`,
    sql`create table approval_request (
      id text primary key, project_id text not null references project (id) on delete cascade,
      environment_key text not null, kind text not null, resource_key text not null,
      status text not null, description text not null, comment text not null,
      instructions text not null, requestor text not null, requestor_member_id text,
      authors text not null, notify_member_ids text not null, notify_team_keys text not null,
      source text, execution_date integer, operating_on_id text, version integer not null,
      content_version integer not null, created_at integer not null, applied_at integer,
      applied_by text, applied_by_member_id text, failure text) strict`,
    sql`create index approval_request_by_resource
      on approval_request (project_id, environment_key, resource_key)`,
    sql`create index approval_request_by_date on approval_request (status, execution_date)`,
    sql`create table approval_review (
      id text primary key,
      request_id text not null references approval_request (id) on delete cascade,
      kind text not null, comment text not null,
      member_id text references member (id) on delete cascade, token_id text,
      content_version integer not null, created_at integer not null) strict`,
    sql`create index approval_review_by_request on approval_review (request_id)`,
    sql`create table scheduled_change (
      id text primary key, project_id text not null references project (id) on delete cascade,
      environment_key text not null, flag_key text not null, author text not null,
      instructions text not null, comment text not null, execution_date integer not null,
      status text not null, failure text, version integer not null,
      created_at integer not null) strict`,
    sql`create index scheduled_change_by_date on scheduled_change (status, execution_date)`,
    sql`create table trigger (
      id text primary key, project_id text not null references project (id) on delete cascade,
      environment_key text not null, flag_key text not null, author text not null,
      instructions text not null, integration_key text not null, enabled integer not null,
      hash text not null unique, version integer not null, created_at integer not null,
      last_triggered_at integer, trigger_count integer not null,
      recent_bodies text not null) strict`,
  ];
  for (const statement of statements) await statement.execute(db);
}
