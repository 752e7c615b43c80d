import { type Kysely, sql } from "kysely";

/**
 * What lists of flags are narrowed and sorted by, as columns, so that a list reads no more bodies
 * than a page shows; and who follows flags.
 */
export async function createFlagLists(db: Kysely<never>): Promise<void> {
  const statements = [
    sql`alter table flag add column name text not null default ''`,
    // In small letters, as it is searched.
    sql`alter table flag add column words text not null default ''`,
    sql`alter table flag add column tags text not null default '[]'`,
    sql`alter table flag add column state text not null default 'live'`,
    sql`alter table flag add column temporary integer not null default 0`,
    sql`alter table flag add column maintainer_id text`,
    sql`alter table flag add column maintainer_team_key text`,
    sql`alter table flag add column for_browsers integer not null default 0`,
    sql`alter table flag add column for_mobiles integer not null default 0`,
    sql`alter table flag add column requires text not null default '[]'`,
    sql`alter table flag add column archived_at integer`,
    sql`alter table flag add column deprecated_at integer`,
    sql`update flag set name = body ->> '$.name',
      words = lower(key || ' ' || (body ->> '$.name')), tags = body -> '$.tags',
      state = case when body ->> '$.archived' then 'archived'
        when body ->> '$.deprecated' then 'deprecated' else 'live' end,
      temporary = body ->> '$.temporary',
      maintainer_id = body ->> '$.maintainerId', maintainer_team_key = body ->> '$.maintainerTeamKey',
      for_browsers = body ->> '$.clientSideAvailability.usingEnvironmentId',
      for_mobiles = body ->> '$.clientSideAvailability.usingMobileKey',
      requires = (select json_group_array(distinct p.value ->> '$.key')
        from json_each(body, '$.environments') e, json_each(e.value, '$.prerequisites') p),
      archived_at = iif(body ->> '$.archived', updated_at, null),
      deprecated_at = iif(body ->> '$.deprecated', updated_at, null)`,
    // Holds all that a list asks for, so that the table itself is read for one page only.
    sql`create index flag_listed on flag (project_id, created_at, key, state, words, tags, temporary,
      maintainer_id, maintainer_team_key, for_browsers, for_mobiles, name)`,
    sql`create index flag_requiring on flag (project_id, requires) where requires <> '[]'`,
    sql`create table flag_follower (
      project_id text not null, flag_key text not null,
      environment_id text not null references environment (id) on delete cascade,
      member_id text not null references member (id) on delete cascade,
      primary key (environment_id, flag_key, member_id),
      foreign key (project_id, flag_key) references flag (project_id, key) on delete cascade)
      strict, without rowid`,
  ];
  for (const statement of statements) await statement.execute(db);
}
