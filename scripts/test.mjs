// The whole proof: static checks, then every test, then one line that counts them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureAdminUi } from "./admin-ui.mjs";
import { ensureBrowser } from "./browser.mjs";
import { fetchPeers } from "./peers.mjs";

const say = (line) => process.stderr.write(`halyard: ${line}\n`);

if (!ensureBrowser() || !ensureAdminUi()) process.exit(1);
fetchPeers();

const folder = mkdtempSync(path.join(tmpdir(), "halyard-test-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const checks = spawnSync("node", ["scripts/check.mjs"], { stdio: "inherit" });
say("running the tests");
const report = path.join(folder, "report.json");
const tests = spawnSync(
  "pnpm",
  [
    "exec",
    "vitest",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: "inherit" },
);
const { passed, failed } = counted(report);
const checksFailed = checks.status === 0 ? 0 : 1;
if (checksFailed > 0) say("the static checks failed; see above");
process.stdout.write(`${passed} passed, ${failed + checksFailed} failed\n`);
process.exit(tests.status === 0 && checksFailed === 0 && passed > 0 ? 0 : 1);

function counted(file) {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    // A file that cannot be loaded has no tests to fail; it counts as one.
    return {
      passed: numPassedTests,
      failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0),
    };
  } catch (error) {
    say(`the test run left no report: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}
