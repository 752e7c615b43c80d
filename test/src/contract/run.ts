// Runs the contract suite: `run.ts [URL] [--only TEXT] [--peer]`, against the test service at the URL,
// or those of our own SDKs, or with --peer that of LaunchDarkly's.
import { parseArgs } from "node:util";
import { allCases } from "./areas/areas.ts";
import { browserSubject } from "./service/browser-entity.ts";
import { halyardSubject } from "./service/halyard-subject.ts";
import { launchDarklyClientSubject } from "./service/launchdarkly-client-entity.ts";
import { launchDarklySubject } from "./service/launchdarkly-entity.ts";
import { TestService } from "./service/test-service.ts";
import type { Mode } from "./suite/contract-case.ts";
import { modesOf, type Outcome, Suite } from "./suite/suite.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", default: "" },
    "at-once": { type: "string", default: "8" },
    peer: { type: "boolean", default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const nameOf = {
  first: "first generation",
  second: "second generation",
  client: "client-side",
} as const;

let hasFailed = false;
const [given] = positionals;
if (given === undefined) {
  for (const subject of values.peer
    ? [launchDarklySubject, launchDarklyClientSubject]
    : [halyardSubject, browserSubject]) {
    await using service = await TestService.start(subject);
    await runAll(service.url);
  }
} else {
  await runAll(given);
}
process.exit(hasFailed ? 1 : 0);

async function runAll(serviceUrl: string): Promise<void> {
  for (const mode of await modesOf(serviceUrl)) await runMode(serviceUrl, mode);
}

async function runMode(serviceUrl: string, mode: Mode): Promise<void> {
  await using suite = await Suite.over(serviceUrl, mode);
  const cases = allCases.filter(({ area, title }) => `${area}: ${title}`.includes(values.only));
  const outcomes = await suite.runAll(cases, Number(values["at-once"]));
  const failed = outcomes.filter(({ error }) => error !== undefined);
  for (const one of failed) report(mode, one);
  // A service that claims nothing passes nothing.
  const isIdle = outcomes.length === 0 && values.only === "";
  hasFailed ||= failed.length > 0 || isIdle;
  const passed = outcomes.length - failed.length;
  say(`contract: ${outcomes.length} run, ${passed} passed (${nameOf[mode]})`);
}

function report(mode: Mode, { contractCase, error }: Outcome): void {
  const what = error instanceof Error ? error.message : String(error);
  say(`contract: FAILED (${mode}) ${contractCase.area}: ${contractCase.title}`);
  say(what.replaceAll(/^/gmu, "    "));
}
