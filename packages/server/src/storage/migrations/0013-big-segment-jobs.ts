import { type Kysely, sql } from "kysely";

/**
 * Members belong to a generation of their segment, so that all of them can be put in place of others
 * at once; imports and exports outlive the process; targets of segments end by themselves.
 */
export async function createBigSegmentJobs(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`create table member_of_generation (
      environment_id text not null, segment_key text not null, generation integer not null,
      context_key text not null, included integer not null, excluded integer not null,
      primary key (environment_id, context_key, segment_key, generation),
      foreign key (environment_id, segment_key) references segment (environment_id, key)
        on delete cascade) strict, without rowid`,
    sql`insert into member_of_generation
      select environment_id, segment_key, 1, context_key, included, excluded
      from big_segment_member`,
    sql`drop table big_segment_member`,
    sql`alter table member_of_generation rename to big_segment_member`,
    sql`create index big_segment_member_by_segment
      on big_segment_member (environment_id, segment_key, generation, context_key)`,
    sql`create table big_segment_import (
      id text primary key, environment_id text not null references environment (id) on delete cascade,
      segment_key text not null, mode text not null, status text not null, file_name text not null,
      actor text not null, created_at integer not null, problems text not null,
      finished_at integer, former_generation integer) strict`,
    sql`create table big_segment_export (
      id text primary key, environment_id text not null references environment (id) on delete cascade,
      segment_key text not null, status text not null, size_bytes integer not null,
      actor text not null, created_at integer not null) strict`,
    sql`alter table segment add column expires_at integer`,
    sql`create index segment_by_expiry on segment (expires_at) where expires_at is not null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
