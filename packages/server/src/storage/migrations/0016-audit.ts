import { type Kysely, sql } from "kysely";

/**
 * What finds entries of the change log by time, resource, person and text, what says which entry last
 * told the state of a thing, and signed statements of how far the log had come.
 */
export async function createAudit(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`create table audit_entry (
      id integer primary key autoincrement, change_id text not null unique, history text not null,
      version integer not null, at integer not null, project_id text, project_key text,
      member_id text, method text not null) strict`,
    sql`create index audit_entry_by_time on audit_entry (at, id, project_key)`,
    sql`create index audit_entry_by_member on audit_entry (member_id, at, id)`,
    sql`create index audit_entry_by_method on audit_entry (method, at, id)`,
    sql`create table audit_access (
      id integer primary key, resource text not null, action text not null,
      entries integer not null, unique (resource, action)) strict`,
    sql`create table audit_entry_access (
      access_id integer not null, at integer not null, entry_id integer not null,
      primary key (access_id, at, entry_id)) strict, without rowid`,
    sql`create index audit_entry_access_by_entry on audit_entry_access (entry_id, access_id)`,
    sql`create index change_by_thing on change (history, kind, key, version)`,
    sql`create virtual table audit_text using fts5(
      words, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3')`,
    sql`create table audit_project (key text primary key) strict, without rowid`,
    sql`create table audit_thing (
      project_id text not null, kind text not null, environment_key text not null,
      key text not null, entry_id integer not null,
      primary key (project_id, kind, environment_key, key, entry_id)) strict, without rowid`,
    sql`create table audit_checkpoint (
      id integer primary key, at integer not null, entry_id integer not null,
      statement text not null, signature text not null) strict`,
    sql`create trigger audit_checkpoint_is_not_updated before update on audit_checkpoint
      begin select raise(abort, 'checkpoints are append-only'); end`,
    sql`create trigger audit_checkpoint_is_not_deleted before delete on audit_checkpoint
      begin select raise(abort, 'checkpoints are append-only'); end`,
  ];
  for (const statement of statements) await statement.execute(db);
}
