// Runs OpenFeature's scenarios over both providers. The folder of its feature files comes as the
// argument; without it there is nothing to run, and that is said.
import { existsSync } from "node:fs";
import { launchBrowser } from "./browser.ts";
import { ShopSite } from "./browser-sdk/shop-site.ts";
import { readScenarios } from "./gherkin/features.ts";
import type { LineState } from "./gherkin/line.ts";
import { runScenario } from "./gherkin/run-scenario.ts";
import type { Outcome, Scenario } from "./gherkin/scenario.ts";
import { ServerSession } from "./gherkin/server-session.ts";
import { SpecServer } from "./gherkin/spec-server.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const [folder = ""] = process.argv.slice(2);

if (folder === "" || !existsSync(folder)) {
  say(`gherkin: no folder "${folder}" with feature files; nothing run`);
} else {
  process.exitCode = (await runFolder(folder)) ? 0 : 1;
}

async function runFolder(from: string): Promise<boolean> {
  const scenarios = readScenarios(from);
  await using server = await SpecServer.start();
  const onServer = await runAll(scenarios, "server", async (scenario) =>
    runScenario(scenario, await ServerSession.begin(server)),
  );
  await using web = await openWebPage(server);
  const onWeb = await runAll(scenarios, "web", web.run);
  say(
    'gherkin: names of variants, and the metadata of metadata-flag, are given in the providers\' option "flags"; where metadata is to be empty, "answerMetadata" is false',
  );
  say(`gherkin: ${onServer.line}; ${onWeb.line}`);
  return onServer.isGood && onWeb.isGood;
}

/** A real browser's page that runs one scenario after another. */
async function openWebPage(server: SpecServer) {
  const site = await ShopSite.start("gherkin");
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.exposeFunction("turnLine", (state: LineState) => server.line.turn(state));
  await site.visit(page);
  const place = { baseUri: server.line.url, clientSideId: server.clientSideId };
  return {
    run: (scenario: Scenario): Promise<Outcome> =>
      page.evaluate(([one, where]) => window.runScenario(one, where), [scenario, place] as const),
    async [Symbol.asyncDispose](): Promise<void> {
      await browser.close();
      await site[Symbol.asyncDispose]();
    },
  };
}

async function runAll(
  scenarios: readonly Scenario[],
  where: string,
  run: (scenario: Scenario) => Promise<Outcome>,
): Promise<{ readonly line: string; readonly isGood: boolean }> {
  const counts = { passed: 0, skipped: 0, failed: 0 };
  for (const scenario of scenarios) {
    const outcome = await run(scenario);
    counts[outcome.kind] += 1;
    if (outcome.kind !== "passed") {
      say(`  ${outcome.kind} ${where}: ${scenario.feature}: ${scenario.name}: ${outcome.reason}`);
    }
  }
  const { passed, skipped, failed } = counts;
  const skips = skipped === 0 ? "" : `, ${skipped} skipped`;
  return {
    line: `${where}: ${passed} scenarios passed, ${failed} failed${skips}`,
    isGood: failed === 0 && passed > 0,
  };
}
