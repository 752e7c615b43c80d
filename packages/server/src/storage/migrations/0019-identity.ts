import { type Kysely, sql } from "kysely";

/** How people prove who they are: sessions with a history, second factors, single sign-on, provisioning. */
export async function createIdentity(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`alter table session add column id text not null default ''`,
    sql`update session set id = lower(hex(randomblob(12)))`,
    sql`alter table session add column last_seen_at integer not null default 0`,
    sql`update session set last_seen_at = created_at`,
    sql`alter table session add column address text not null default ''`,
    sql`alter table session add column user_agent text not null default ''`,
    sql`alter table session add column is_by_sso integer not null default 0`,
    sql`create index session_by_member on session (member_id)`,
    sql`alter table member add column is_active integer not null default 1`,
    sql`alter table member add column external_id text`,
    sql`alter table team add column external_id text`,
    sql`alter table team add column is_idp_synced integer not null default 0`,
    sql`create table account_setting (name text primary key, value text not null) strict`,
    sql`insert into account_setting (name, value)
      values ('accountId', '"' || lower(hex(randomblob(12))) || '"')`,
    sql`create table totp (
      member_id text primary key references member (id) on delete cascade, secret text not null,
      confirmed_at integer, last_step integer not null) strict`,
    sql`create table recovery_code (
      hash text primary key, member_id text not null references member (id) on delete cascade)
      strict, without rowid`,
    sql`create table sso_identity (
      issuer text not null, subject text not null,
      member_id text not null references member (id) on delete cascade,
      primary key (issuer, subject)) strict, without rowid`,
    sql`create table sso_attempt (
      hash text primary key, nonce text not null, verifier text not null, return_to text not null,
      created_at integer not null) strict`,
    sql`create table ip_allow_list_entry (
      id text primary key, cidr text not null unique, description text not null,
      created_at integer not null) strict`,
  ];
  for (const statement of statements) await statement.execute(db);
}
