// Holds our SDK to its contract: by LaunchDarkly's public suite where Go can have it, and by ours.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";

const say = (line) => process.stdout.write(`contract: ${line}\n`);
/** The public suite for each generation of the protocol. Nothing of either is skipped. */
const publicSuites = [
  { generation: "first", module: "github.com/launchdarkly/sdk-test-harness/v2@v2.41.0" },
  { generation: "second", module: "github.com/launchdarkly/sdk-test-harness/v3@latest" },
];
const port = 8_423;

let hasFailed = false;
for (const { generation, module } of publicSuites) {
  const refusal = refusalOf(module);
  if (refusal === undefined) hasFailed = !(await runPublic(module, generation)) || hasFailed;
  else say(`the public suite (${generation} generation) cannot be had: ${refusal}`);
}
const own = spawnSync("node", ["test/src/contract/run.ts", ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(own.status === 0 && !hasFailed ? 0 : 1);

/** What Go answered, in one line; undefined where it has the module. */
function refusalOf(module) {
  const { status, stdout, error } = spawnSync("go", ["mod", "download", "-json", module], {
    cwd: tmpdir(),
    encoding: "utf8",
  });
  if (error !== undefined) return `Go cannot be run (${error.code})`;
  if (status === 0) return undefined;
  return messageIn(stdout).replaceAll(/\s+/gu, " ").trim();
}

function messageIn(stdout) {
  try {
    return JSON.parse(stdout).Error ?? stdout;
  } catch {
    return stdout;
  }
}

async function runPublic(module, generation) {
  const service = spawn("node", ["test/src/contract/service/main.ts", String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(service.stdout, "data");
  const options = ["-url", `http://127.0.0.1:${port}`, "-stop-service-at-end"];
  const { status } = spawnSync("go", ["run", module, ...options], {
    cwd: tmpdir(),
    stdio: "inherit",
  });
  service.kill();
  say(`the public suite (${generation} generation) ${status === 0 ? "passed" : "failed"}`);
  return status === 0;
}
