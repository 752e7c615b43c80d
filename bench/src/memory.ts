// What holding, loading and patching flags costs, and whether memory grows with use: each figure of
// each contender from a process of its own, beside its peers' of the same run. Flags are those of the
// evaluation, every second one with its two-clause rule. `--write` keeps the table.
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { type ContenderName, contenderNames, contenders } from "./memory/contenders.ts";
import { FlagService } from "./memory/flag-service.ts";
import type { Said } from "./memory/measure.ts";
import { keepResults, machine, markdownTable } from "./results.ts";
import { median } from "./statistics.ts";

const loads = 7;
const script = path.join(import.meta.dirname, "memory/measure.ts");
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const service = await FlagService.start();
const [few, some, many] = [10, 1_000, 10_000].map((count) => service.urlOf(count));
const cut = service.urlOf(10, "cut");

interface Figure {
  readonly label: string;
  readonly measure: (who: ContenderName) => Promise<number>;
  readonly without?: readonly ContenderName[];
  readonly digits: number;
}

const figures: readonly Figure[] = [
  {
    label: "heap of 10,000 flags, MB",
    measure: async (who) => (await measured("heap", who, [many, few])) / 1e6,
    digits: 1,
  },
  ...[few, some, many].map((url, index) => ({
    label: `a patch among ${["10", "1,000", "10,000"][index]} flags, ms`,
    measure: (who: ContenderName) => measured("patch", who, [url]),
    without: ["growthBook"] as const,
    digits: 3,
  })),
  {
    label: "growth for each evaluation, bytes",
    measure: (who) => measured("evaluations", who, [few]),
    digits: 2,
  },
  {
    label: "growth for each reconnect, bytes",
    measure: (who) => measured("reconnects", who, [cut]),
    without: ["launchDarkly", "growthBook"],
    digits: 0,
  },
  {
    label: "growth for each client, bytes",
    measure: (who) => measured("cycles", who, [few]),
    digits: 0,
  },
];

const rows = [["first answer from 10,000 flags, ms", ...(await firstAnswers())]];
for (const figure of figures) rows.push([figure.label, ...(await rowOf(figure))]);
service.close();
const report = [
  machine(),
  "",
  ...markdownTable([["", ...contenderNames.map((who) => contenders[who].label)], ...rows]),
  "",
  `The first answer is the median of ${loads} fresh processes, from opening the client; heap is what a second`,
  "client of a process holds more; a patch is the median of 200, from the arrival of its bytes to another",
  "answer; growth is by least squares over 1,000,000 evaluations, 10,000 reconnects and 1,000 clients opened",
  "and closed, after a warm-up. Goals: 6 MB, 100 ms, 0.5 ms whatever the number of flags, and no growth.",
  "A dash: GrowthBook fetches all flags in place of a patch, and LaunchDarkly waits seconds between streams.",
].join("\n");
say(report);
if (process.argv.includes("--write")) {
  say(`written to ${keepResults("What flags cost to hold, load and patch", report)}`);
}

/** In turns, so that whatever else the machine does meets everybody alike. */
async function firstAnswers(): Promise<readonly string[]> {
  const times = new Map(contenderNames.map((who) => [who, [] as number[]]));
  for (let round = 0; round < loads; round += 1) {
    for (const who of contenderNames) times.get(who)?.push(await measured("load", who, [many]));
  }
  return [...times.values()].map((all) => median(all).toFixed(0));
}

async function rowOf({ measure, without = [], digits }: Figure): Promise<readonly string[]> {
  const row: string[] = [];
  for (const who of contenderNames) {
    row.push(without.includes(who) ? "–" : (await measure(who)).toFixed(digits));
  }
  return row;
}

async function measured(
  measurement: string,
  who: ContenderName,
  urls: readonly (string | undefined)[],
): Promise<number> {
  const child = fork(script, [measurement, who, ...urls.map(String)], {
    execArgv: ["--expose-gc"],
  });
  let found = Number.NaN;
  child.on("message", (said: Said) => {
    if (said === "patch") service.patch();
    else found = said;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${measurement} of ${who} ended with ${code}`);
  return found;
}
