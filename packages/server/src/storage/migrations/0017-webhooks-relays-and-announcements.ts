import { type Kysely, sql } from "kysely";

/** Who is told of changes and how that went, what relays may learn, and what everybody shall read. */
export async function createWebhooksRelaysAndAnnouncements(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`create table subscription (
      id text primary key, kind text not null, name text not null, is_on integer not null,
      config text not null, statements text not null, tags text not null,
      created_at integer not null, blocked_until integer not null, failing_since integer) strict`,
    sql`create index subscription_by_kind on subscription (kind, created_at)`,
    sql`create table message (
      id text primary key, body text not null, created_at integer not null) strict`,
    sql`create index message_by_time on message (created_at)`,
    sql`create table message_delivery (
      sequence integer primary key autoincrement, id text not null unique,
      subscription_id text not null references subscription (id) on delete cascade,
      message_id text not null references message (id) on delete cascade,
      state text not null, attempts integer not null, created_at integer not null,
      next_at integer not null, last_at integer, status integer, problem text) strict`,
    sql`create index message_delivery_by_subscription on message_delivery (subscription_id, sequence)`,
    sql`create index message_delivery_by_message on message_delivery (message_id)`,
    sql`create index message_delivery_pending on message_delivery (subscription_id, sequence)
      where state = 'pending'`,
    sql`create table announcement (
      id text primary key, title text not null, message text not null, severity text not null,
      is_dismissible integer not null, starts_at integer not null, ends_at integer,
      created_at integer not null) strict`,
    sql`alter table relay_key add column policy text not null
      default '[{"effect":"allow","actions":["*"],"resources":["proj/*:env/*"]}]'`,
    sql`alter table relay_key add column creator_id text`,
    sql`alter table relay_key add column updated_at integer not null default 0`,
    sql`alter table relay_key add column former_hash text`,
    sql`alter table relay_key add column former_expires_at integer`,
    sql`update relay_key set updated_at = created_at`,
    sql`create index relay_key_by_former_hash on relay_key (former_hash)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
