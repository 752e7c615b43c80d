// Runs the contract suite against a test service: `run.ts [URL] [--only TEXT] [--peer]`. Without a
// URL it starts the service of our own SDK, or with --peer that of LaunchDarkly's.
import { parseArgs } from "node:util";
import { allCases } from "./areas/areas.ts";
import { halyardSubject } from "./service/halyard-subject.ts";
import { launchDarklySubject } from "./service/launchdarkly-entity.ts";
import { TestService } from "./service/test-service.ts";
import type { Mode } from "./suite/contract-case.ts";
import { type Outcome, Suite } from "./suite/suite.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    "at-once": { type: "string" },
    peer: { type: "boolean", default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const subject = values.peer ? launchDarklySubject : halyardSubject;
const own = positionals[0] === undefined ? await TestService.start(subject) : undefined;
const serviceUrl = positionals[0] ?? own?.url ?? "";
let hasFailed = false;
for (const mode of ["first", "second"] as const) hasFailed = !(await runMode(mode)) || hasFailed;
await own?.[Symbol.asyncDispose]();
process.exit(hasFailed ? 1 : 0);

async function runMode(mode: Mode): Promise<boolean> {
  await using suite = await Suite.over(serviceUrl, mode);
  const only = values.only ?? "";
  const cases = allCases.filter(({ area, title }) => `${area}: ${title}`.includes(only));
  const outcomes = await suite.runAll(cases, Number(values["at-once"] ?? 8));
  const failed = outcomes.filter(({ error }) => error !== undefined);
  for (const one of failed) report(mode, one);
  say(
    `contract: ${outcomes.length} run, ${outcomes.length - failed.length} passed (${mode} generation)`,
  );
  return failed.length === 0;
}

function report(mode: Mode, { contractCase, error }: Outcome): void {
  const what = error instanceof Error ? error.message : String(error);
  say(`contract: FAILED (${mode}) ${contractCase.area}: ${contractCase.title}`);
  say(what.replaceAll(/^/gmu, "    "));
}
