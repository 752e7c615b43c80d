// What one evaluation costs, ours beside its peers': all in one process, taking turns round by
// round, so that whatever else the machine does meets everybody alike. `--write` keeps the table.
import { type Ask, type CaseName, type Contender, caseNames, isRight } from "./evaluation/case.ts";
import {
  configCat,
  flagdCore,
  growthBook,
  halyard,
  launchDarkly,
  mapGet,
  unleash,
} from "./evaluation/contenders.ts";
import { startFlagServer } from "./evaluation/flag-server.ts";
import { keepResults, machine, markdownTable } from "./results.ts";
import { median } from "./statistics.ts";

const rounds = 41;
/** How long one contender may have in one round; the count of calls follows from it. */
const roundMs = 12;
/** Enough to meet many of those who are asked for. */
const answersChecked = 100;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const server = await startFlagServer();
const contenders: readonly Contender[] = [
  await halyard(server.url, false),
  await halyard(server.url, true),
  await launchDarkly(server.url, false),
  await launchDarkly(server.url, true),
  await unleash(server.url, false),
  await unleash(server.url, true),
  growthBook(),
  await configCat(server.url),
  flagdCore(),
  mapGet(),
];

/** Every answer goes into it, so that no call can be left out as useless. */
let checksum = 0;
const medians = new Map<CaseName, ReadonlyMap<Contender, number>>();
for (const name of caseNames) medians.set(name, await measure(name));
const report = reportOf(medians);
say(report);
say(`checksum of the answers: ${checksum}`);
if (process.argv.includes("--write")) {
  say(`written to ${keepResults("What one evaluation costs", report)}`);
}
await Promise.all(contenders.map((contender) => contender.close()));
server.close();

async function measure(name: CaseName): Promise<ReadonlyMap<Contender, number>> {
  const taking = contenders.filter(({ cases }) => cases[name] !== undefined);
  const calls = new Map<Contender, number>();
  for (const contender of taking) calls.set(contender, await callsFor(name, contender));
  const times = new Map(taking.map((contender) => [contender, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of taking) {
      const count = calls.get(contender) ?? 1;
      times.get(contender)?.push(await timed(askOf(name, contender), contender.isAsync, count));
    }
  }
  return new Map(taking.map((one) => [one, median(times.get(one) ?? [])]));
}

function askOf(name: CaseName, contender: Contender): Ask {
  const ask = contender.cases[name];
  if (ask === undefined) throw new Error(`${contender.name} has no case ${name}`);
  return ask;
}

/** Makes sure of the answers, warms up, and finds how many calls fill a round. */
async function callsFor(name: CaseName, contender: Contender): Promise<number> {
  const ask = askOf(name, contender);
  for (let index = 0; index < answersChecked; index += 1) {
    const given = await ask(index);
    if (!isRight(name, given)) throw new Error(`${contender.name} gave ${given} for ${name}`);
  }
  let count = 1;
  for (;;) {
    const nanoseconds = await timed(ask, contender.isAsync, count);
    if (nanoseconds * count > roundMs * 1e6) return count;
    count = Math.ceil(count * Math.min(8, (roundMs * 1.2e6) / (nanoseconds * count)));
  }
}

/** Nanoseconds for one call. */
async function timed(ask: Ask, isAsync: boolean, count: number): Promise<number> {
  const started = process.hrtime.bigint();
  if (isAsync) for (let index = 0; index < count; index += 1) take(await ask(index));
  else for (let index = 0; index < count; index += 1) take(ask(index));
  return Number(process.hrtime.bigint() - started) / count;
}

function take(answer: unknown): void {
  checksum = (checksum + (answer === true ? 1 : 2)) | 0;
}

function reportOf(all: ReadonlyMap<CaseName, ReadonlyMap<Contender, number>>): string {
  const [, ours] = contenders;
  const head = ["", ...caseNames];
  const lines = contenders.map((contender) => [
    labelOf(contender),
    ...caseNames.map((name) => {
      const value = all.get(name)?.get(contender);
      const reference = ours && all.get(name)?.get(ours);
      if (value === undefined || reference === undefined) return "–";
      return `${shown(value)} (${shownRatio(value / reference)}×)`;
    }),
  ]);
  return [
    "Medians in nanoseconds for one call, and how that compares with ours while it counts.",
    machine(),
    "",
    ...markdownTable([head, ...lines]),
    "",
    "Goals, ours while it counts against LaunchDarkly while it counts: simple 30×, clauses 20×, rollout 12×,",
    "targets 1,000×, all 25×; without counting, simple at most twice Map.get. A dash: flagd has no prerequisites,",
    "and Map.get only finds a flag.",
  ].join("\n");
}

function labelOf({ name, counts }: Contender): string {
  if (counts === undefined) return name;
  return counts ? `${name}, counting` : name;
}

function shown(nanoseconds: number): string {
  return nanoseconds < 1_000
    ? nanoseconds.toFixed(0)
    : Math.round(nanoseconds).toLocaleString("en-US");
}

function shownRatio(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0);
}
