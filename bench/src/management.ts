// What the management API's calls cost with 10,000 flags and a million audit entries, ours beside Unleash's comparable ones on
// PostgreSQL: asked in turn on loopback, so that a busy moment of the machine is everybody's. `--write`
// keeps the table.
import path from "node:path";
import { bootstrapToken, Management, ServerProcess } from "@halyard/test";
import { addAuditEntries, entries } from "./audit/entries.ts";
import { Unleash } from "./management/unleash.ts";
import { keepResults, machine, markdownTable } from "./results.ts";

const flagCount = 10_000;
const pageSize = 50;
const chunk = 1000;
const runs = 400;
const warmUps = 10;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Ask {
  readonly path: string;
  readonly method?: string;
  readonly body?: object;
}

/** One call as each of the two takes it; `run` counts, so that a flag can be turned on and off. */
interface Call {
  readonly what: string;
  readonly ours: (run: number) => Ask;
  readonly theirs: (run: number) => Ask;
}

const list = "/api/v2/flags/bench?summary=1";
const search = "/api/admin/search/features?project=IS%3Adefault";
const ofProject = "/api/admin/projects/default/features";
const calls: readonly Call[] = [
  {
    what: `the first ${pageSize} flags`,
    ours: () => ({ path: `${list}&limit=${pageSize}` }),
    theirs: () => ({ path: `${search}&limit=${pageSize}` }),
  },
  {
    what: `${pageSize} flags from the middle, by name`,
    ours: () => ({ path: `${list}&limit=${pageSize}&offset=5000&sort=name` }),
    theirs: () => ({ path: `${search}&limit=${pageSize}&offset=5000&sortBy=name` }),
  },
  {
    what: `flags whose name has "flag-77"`,
    ours: () => ({ path: `${list}&limit=${pageSize}&filter=query:flag-77` }),
    theirs: () => ({ path: `${search}&limit=${pageSize}&query=flag-77` }),
  },
  {
    what: "one flag",
    ours: (run) => ({ path: `/api/v2/flags/bench/flag-${run}` }),
    theirs: (run) => ({ path: `${ofProject}/flag-${run}` }),
  },
  {
    what: "a flag turned on or off",
    ours: (run) => ({
      path: `/api/v2/flags/bench/flag-${run >> 1}`,
      method: "PATCH",
      body: {
        environmentKey: "development",
        instructions: [{ kind: run % 2 === 0 ? "turnFlagOff" : "turnFlagOn" }],
      },
    }),
    theirs: (run) => ({
      path: `${ofProject}/flag-${run >> 1}/environments/development/${run % 2 === 0 ? "off" : "on"}`,
      method: "POST",
    }),
  },
  {
    what: "the newest 20 of 1,000,000 audit entries",
    ours: () => ({ path: "/api/v2/auditlog?limit=20" }),
    theirs: () => ({ path: "/api/admin/search/events?limit=20" }),
  },
  {
    what: "the newest 20 of one flag",
    ours: () => ({
      path: "/api/v2/auditlog?limit=20&spec=proj/shop:env/production:flag/flag-17",
    }),
    theirs: () => ({ path: "/api/admin/search/events?limit=20&feature=IS%3Aflag-17" }),
  },
  {
    what: "20 entries with a text",
    ours: () => ({ path: "/api/v2/auditlog?limit=20&q=flag-17" }),
    theirs: () => ({ path: "/api/admin/search/events?limit=20&query=flag-17" }),
  },
];

/** On for those from one country. */
const flag = {
  state: "ENABLED",
  variants: { on: true, off: false },
  defaultVariant: "off",
  targeting: { if: [{ "==": [{ var: "country" }, "NL"] }, "on", "off"] },
};

await using first = await ServerProcess.start();
const management = new Management(first.url);
await addFlags(management);
await management.createProject("shop", ["production"]);
await first.stop();
addAuditEntries(path.join(first.dataFolder, "halyard.sqlite"));
await using halyard = await ServerProcess.start({ dataFolder: first.dataFolder });
await using unleash = await Unleash.start();
unleash.addFlags(flagCount);
unleash.addEvents(entries);

const rows = [
  ["", "Halyard p50", "Halyard p99", "Unleash p50", "Unleash p99", "Unleash’s p99 to ours"],
];
for (const call of calls) {
  const row = await measure(call);
  rows.push(row);
  say(row.join("  "));
}
const table = [
  `Milliseconds, with ${flagCount.toLocaleString("en")} flags in two environments.`,
  machine(),
  "",
  ...markdownTable(rows),
  "",
  `${runs} calls each, in turn with those of Unleash 8.2 on PostgreSQL, both with their defaults, on loopback.`,
  "Halyard's writes are durable (synced) before they are answered; so are PostgreSQL's.",
].join("\n");
say(table);
if (process.argv.includes("--write"))
  say(keepResults("What calls of the management API cost", table));

async function measure({ what, ours, theirs }: Call): Promise<string[]> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let run = 0; run < warmUps + runs; run += 1) {
    const askOurs = () => timed(halyard.url, ours(run), { authorization: bootstrapToken });
    const askTheirs = () => timed(unleash.url, theirs(run), {});
    // Who goes second may meet what the first has left to do, so they change places.
    const isOursFirst = run % 4 < 2;
    const first = isOursFirst ? await askOurs() : await askTheirs();
    const second = isOursFirst ? await askTheirs() : await askOurs();
    if (run < warmUps) continue;
    times.ours.push(isOursFirst ? first : second);
    times.theirs.push(isOursFirst ? second : first);
  }
  const [p50, p99] = [0.5, 0.99].map((share) => ({
    ours: quantile(times.ours, share),
    theirs: quantile(times.theirs, share),
  }));
  const cells = [p50?.ours, p99?.ours, p50?.theirs, p99?.theirs].map((ms = 0) => ms.toFixed(1));
  return [what, ...cells, `${((p99?.theirs ?? 0) / (p99?.ours ?? 1)).toFixed(1)}×`];
}

async function timed(
  url: string,
  { path: asked, method = "GET", body }: Ask,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const started = performance.now();
  const response = await fetch(`${url}${asked}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const tookMs = performance.now() - started;
  if (!response.ok) throw new Error(`${method} ${asked} answered ${response.status}: ${text}`);
  return tookMs;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

async function addFlags(management: Management): Promise<void> {
  await management.createProject("bench", ["development", "production"]);
  for (let from = 0; from < flagCount; from += chunk) {
    const flags = Object.fromEntries(
      Array.from({ length: chunk }, (_, at) => [`flag-${from + at}`, flag]),
    );
    const { refused } = await management.import("bench", {
      format: "flagd",
      environmentKey: "development",
      documents: { flags: { flags } },
    });
    if (refused.length > 0) throw new Error(`not taken: ${JSON.stringify(refused[0])}`);
  }
}
