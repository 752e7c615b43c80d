// How fast the audit log answers with a million entries in it: they are put into the store at once,
// as so many changes of 500 flags would have left them, and each query is asked over REST on
// loopback. Prints p50 and p99 in milliseconds.
import path from "node:path";
import { Management, ServerProcess } from "@halyard/test";
import { addAuditEntries, apartMs, entries, firstAt } from "./audit/entries.ts";

const asks = 200;
const lastAt = firstAt + entries * apartMs;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await using first = await ServerProcess.start();
await new Management(first.url).createProject("shop", ["production"]);
await first.stop();
const began = performance.now();
addAuditEntries(path.join(first.dataFolder, "halyard.sqlite"));
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
