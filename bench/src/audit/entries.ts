import { DatabaseSync } from "node:sqlite";

export const entries = 1_000_000;
/** Unix milliseconds. */
export const firstAt = 1_700_000_000_000;
export const apartMs = 30_000;

/**
 * Puts a million entries into a store, as so many changes of 500 flags would have left them; no server
 * may have it open.
 *
 * In a history of its own, which belongs to nothing that is there: no chain of hashes is asked of it.
 */
export function addAuditEntries(file: string): void {
  const database = new DatabaseSync(file);
  const numbers = `with recursive n (i) as (select 0 union all select i + 1 from n where i < ${entries - 1})`;
  const at = `${firstAt} + i * ${apartMs}`;
  const key = "'flag-' || (i % 500)";
  const resource = `'proj/shop:env/production:flag/' || ${key}`;
  const words = "'Turn the flag ' || iif(i % 2, 'on', 'off')";
  database.exec(`begin;
    ${numbers} insert into change (history, version, change_id, at, actor, kind, key, instructions,
      comment, before, after, previous_hash, hash, resources, words, is_first)
    select 'bench', i + 1, 'change-' || i, ${at},
      json_object('kind', 'member', 'id', 'member-' || (i % 100), 'name', 'Member ' || (i % 100)),
      'flag', ${key}, '[{"kind":"turnFlagOn"}]', 'comment-' || (i % 5000), null, null, '', '',
      json_array(${resource}), json_array(${words}), 1 from n;
    create temp table made as select id from audit_entry order by id desc limit 1;
    ${numbers} insert into audit_entry (change_id, history, version, at, project_id, project_key,
      member_id, method)
    select 'change-' || i, 'bench', i + 1, ${at}, 'bench', 'shop', 'member-' || (i % 100), 'member' from n;
    ${numbers} insert into audit_text (rowid, words)
    select (select id from made) + i + 1, 'Member ' || (i % 100) || ' ' || ${key} || ' comment-' ||
      (i % 5000) || ' ' || ${words} || ' ' || ${resource} from n;
    with recursive n (i) as (select 0 union all select i + 1 from n where i < 499)
    insert into audit_access (resource, action, entries)
    select ${resource}, 'updateOn', ${entries / 500} from n;
    ${numbers} insert into audit_entry_access (access_id, at, entry_id)
    select (select id from audit_access where resource = ${resource} and action = 'updateOn'), ${at},
      (select id from made) + i + 1 from n;
    commit`);
  database.close();
}
