import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { createAccountHistory } from "./migrations/0008-account-history.ts";
import { createRolesMembersAndTeams } from "./migrations/0009-roles-members-and-teams.ts";
import { createProjectAndEnvironmentSettings } from "./migrations/0011-project-and-environment-settings.ts";
import { createFlagLists } from "./migrations/0012-flag-lists.ts";
import { createBigSegmentJobs } from "./migrations/0013-big-segment-jobs.ts";
import { createContextSettings } from "./migrations/0014-context-settings.ts";
import { createPendingChanges } from "./migrations/0015-pending-changes.ts";
import { createAudit } from "./migrations/0016-audit.ts";
import { createWebhooksRelaysAndAnnouncements } from "./migrations/0017-webhooks-relays-and-announcements.ts";
import { createCodeReferences } from "./migrations/0018-code-references.ts";
import { createIdentity } from "./migrations/0019-identity.ts";
import { createWorkflows } from "./migrations/0025-workflows.ts";
import { createLifecycle } from "./migrations/0026-lifecycle.ts";

/** In order of their names; one that has run is never changed. */
export const migrations: Record<string, Migration> = {
  "0001-projects-flags-and-changes": { up: createProjectsFlagsAndChanges },
  "0002-access": { up: createAccess },
  "0003-token-endings-and-expiry": { up: addTokenEndingsAndExpiry },
  "0004-big-segments": { up: createBigSegments },
  "0005-environment-keys": { up: createEnvironmentKeys },
  "0006-relay-keys": { up: createRelayKeys },
  "0007-payload-filters": { up: createPayloadFilters },
  "0008-account-history": { up: createAccountHistory },
  "0009-roles-members-and-teams": { up: createRolesMembersAndTeams },
  "0010-idempotency": { up: createIdempotency },
  "0011-project-and-environment-settings": { up: createProjectAndEnvironmentSettings },
  "0012-flag-lists": { up: createFlagLists },
  "0013-big-segment-jobs": { up: createBigSegmentJobs },
  "0014-context-settings": { up: createContextSettings },
  "0015-pending-changes": { up: createPendingChanges },
  "0016-audit": { up: createAudit },
  "0017-webhooks-relays-and-announcements": { up: createWebhooksRelaysAndAnnouncements },
  "0018-code-references": { up: createCodeReferences },
  "0019-identity": { up: createIdentity },
  "0025-workflows": { up: createWorkflows },
  "0026-lifecycle": { up: createLifecycle },
};

async function createProjectsFlagsAndChanges(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`create table project (
      id text primary key, key text not null unique, name text not null, tags text not null,
      created_at integer not null, version integer not null) strict`,
    sql`create table environment (
      id text primary key, project_id text not null references project (id) on delete cascade,
      key text not null, name text not null, color text not null, epoch text not null,
      version integer not null, sdk_key text not null unique, mobile_key text not null unique,
      critical integer not null, created_at integer not null, unique (project_id, key)) strict`,
    sql`create table flag (
      project_id text not null references project (id) on delete cascade, key text not null,
      version integer not null, created_at integer not null, updated_at integer not null,
      body text not null, primary key (project_id, key)) strict`,
    sql`create table segment (
      environment_id text not null references environment (id) on delete cascade, key text not null,
      version integer not null, created_at integer not null, updated_at integer not null,
      body text not null, primary key (environment_id, key)) strict`,
    sql`create table item (
      environment_id text not null references environment (id) on delete cascade,
      kind text not null, key text not null, version integer not null, updated_at integer not null,
      body text, primary key (environment_id, kind, key)) strict`,
    sql`create table change (
      history text not null, version integer not null, change_id text not null, at integer not null,
      actor text not null, kind text not null, key text not null, instructions text not null,
      comment text not null, before text, after text, previous_hash text not null, hash text not null,
      primary key (history, version)) strict`,
    sql`create trigger change_is_not_updated before update on change
      begin select raise(abort, 'the change log is append-only'); end`,
    sql`create trigger change_is_not_deleted before delete on change
      begin select raise(abort, 'the change log is append-only'); end`,
  ];
  for (const statement of statements) await statement.execute(db);
}

async function createAccess(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`create table member (
      id text primary key, email text not null unique, name text not null, role text not null,
      password text not null, created_at integer not null) strict`,
    sql`create table session (
      hash text primary key, member_id text not null references member (id) on delete cascade,
      created_at integer not null, expires_at integer not null) strict`,
    sql`create table token (
      id text primary key, hash text not null unique, name text not null, role text not null,
      member_id text, created_at integer not null) strict`,
    sql`create table setup_link (hash text primary key, created_at integer not null) strict`,
  ];
  for (const statement of statements) await statement.execute(db);
}

async function createBigSegments(db: Kysely<never>): Promise<void> {
  await sql`create table big_segment_member (
    environment_id text not null, segment_key text not null, context_key text not null,
    included integer not null, excluded integer not null,
    primary key (environment_id, context_key, segment_key),
    foreign key (environment_id, segment_key) references segment (environment_id, key)
      on delete cascade) strict, without rowid`.execute(db);
  await sql`create index big_segment_member_by_segment
    on big_segment_member (environment_id, segment_key)`.execute(db);
}

async function createEnvironmentKeys(db: Kysely<never>): Promise<void> {
  await sql`alter table environment add column secure_mode integer not null default 0`.execute(db);
  await sql`create table environment_key (
    secret text primary key,
    environment_id text not null references environment (id) on delete cascade,
    kind text not null, name text not null, created_at integer not null, expires_at integer)
    strict`.execute(db);
}

async function createRelayKeys(db: Kysely<never>): Promise<void> {
  await sql`create table relay_key (
    id text primary key, hash text not null unique, name text not null, ending text not null,
    created_at integer not null) strict`.execute(db);
}

async function createPayloadFilters(db: Kysely<never>): Promise<void> {
  await sql`create table payload_filter (
    id text primary key, project_id text not null references project (id) on delete cascade,
    key text not null, name text not null, flag_keys text not null, created_at integer not null,
    unique (project_id, key)) strict`.execute(db);
}

async function addTokenEndingsAndExpiry(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`alter table token add column ending text not null default ''`,
    sql`alter table token add column service integer not null default 0`,
    sql`alter table flag add column expires_at integer`,
    sql`create index flag_by_expiry on flag (expires_at) where expires_at is not null`,
  ];
  for (const statement of statements) await statement.execute(db);
}

async function createIdempotency(db: Kysely<never>): Promise<void> {
  await sql`create table idempotency (
    id text primary key, fingerprint text not null, answer blob not null,
    created_at integer not null) strict`.execute(db);
  await sql`create index idempotency_by_time on idempotency (created_at)`.execute(db);
}
