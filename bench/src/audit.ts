// How fast the audit log answers with a million entries in it: they are put into the store at once,
// as so many changes of 500 flags would have left them, and each query is asked over REST on
// loopback. Prints p50 and p99 in milliseconds.
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Management, ServerProcess } from "@halyard/test";

const entries = 1_000_000;
const asks = 200;
const firstAt = 1_700_000_000_000;
const apartMs = 30_000;
const lastAt = firstAt + entries * apartMs;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await using first = await ServerProcess.start();
await new Management(first.url).createProject("shop", ["production"]);
await first.stop();
const began = performance.now();
fill(path.join(first.dataFolder, "halyard.sqlite"));
say(`${entries} entries were put in within ${((performance.now() - began) / 1000).toFixed(0)} s`);

await using server = await ServerProcess.start({ dataFolder: first.dataFolder });
const management = new Management(server.url);
const middle = firstAt + (entries / 2) * apartMs;
const flag = "proj/shop:env/production:flag/flag-17";
const queries: readonly (readonly [what: string, query: string])[] = [
  ["the newest", "limit=20"],
  ["a page deep inside", `limit=20&cursor=${middle}-500000`],
  ["a time", `limit=20&before=${middle}&after=${middle - 86_400_000}`],
  ["one flag", `limit=20&spec=${flag}`],
  ["one flag, in all environments", "limit=20&spec=proj/shop:env/*:flag/flag-17"],
  ["all flags of an environment", "limit=20&spec=proj/shop:env/production:flag/*"],
  ["a member", "limit=20&member=member-7"],
  ["a word that is rare", "limit=20&q=comment-4711"],
  ["a word that is everywhere", "limit=20&q=flag"],
  ["two words", "limit=20&q=flag-17%20off"],
  ["a word, in an old time", `limit=20&q=flag-17&before=${firstAt + 86_400_000 * 30}`],
];
for (const [what, query] of queries) await measure(what, () => ask("GET", `?${query}`));
const lately = `after=${lastAt - 86_400_000 * 30}&before=${lastAt}`;
await measure("counts of 30 days", () => ask("POST", `/counts?${lately}`, []));

async function ask(method: string, rest: string, body?: object): Promise<void> {
  const { status } = await management.request(method, `/api/v2/auditlog${rest}`, body);
  if (status !== 200) throw new Error(`${method} ${rest} answered ${status}`);
}

async function measure(what: string, act: () => Promise<void>): Promise<void> {
  await act();
  const times: number[] = [];
  for (let run = 0; run < asks; run += 1) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  say(`${what.padEnd(32)} p50 ${at(0.5).padStart(7)} ms   p99 ${at(0.99).padStart(7)} ms`);
}

/** In a history of its own, which belongs to nothing that is there: no chain of hashes is asked of it. */
function fill(file: string): void {
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
