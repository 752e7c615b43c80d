import { type Kysely, sql } from "kysely";

/** Who there is, in which teams, and what they may. JSON columns hold lists and maps. */
export async function createRolesMembersAndTeams(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`create table role (
      id text primary key, key text not null unique, name text not null, description text not null,
      base_permissions text not null, policy text not null, created_at integer not null,
      updated_at integer not null) strict`,
    sql`alter table member add column first_name text not null default ''`,
    sql`alter table member add column last_name text not null default ''`,
    sql`update member set first_name = name`,
    sql`alter table member drop column name`,
    sql`alter table member add column custom_roles text not null default '[]'`,
    sql`alter table member add column role_attributes text not null default '{}'`,
    sql`alter table member add column last_seen_at integer not null default 0`,
    sql`create table invitation (
      hash text primary key, member_id text not null references member (id) on delete cascade,
      created_at integer not null, expires_at integer not null) strict`,
    sql`create table team (
      id text primary key, key text not null unique, name text not null, description text not null,
      custom_roles text not null, role_attributes text not null, version integer not null,
      created_at integer not null, updated_at integer not null) strict`,
    sql`create table team_member (
      team_id text not null references team (id) on delete cascade,
      member_id text not null references member (id) on delete cascade,
      is_maintainer integer not null, primary key (team_id, member_id)) strict, without rowid`,
    sql`create index team_member_by_member on team_member (member_id)`,
    sql`alter table token add column description text not null default ''`,
    sql`alter table token add column policy text`,
    sql`alter table token add column custom_roles text not null default '[]'`,
    sql`alter table token add column updated_at integer not null default 0`,
    sql`alter table token add column last_used_at integer not null default 0`,
    sql`alter table token add column expires_at integer`,
    sql`alter table token add column default_api_version integer not null default 20240415`,
    sql`update token set updated_at = created_at`,
  ];
  for (const statement of statements) await statement.execute(db);
}
