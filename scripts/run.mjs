// Runs one of the project's tasks under the Node and pnpm it is made for, bringing both from the
// npm registry where the machine has something older. Plain JavaScript for Node 20: it runs first.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const nodeVersion = "24.21.0";
const pnpmVersion = "11.28.11";
const root = fileURLToPath(new URL("..", import.meta.url));
const [task = "", ...rest] = process.argv.slice(2);

const tasks = {
  start: ["start.mjs"],
  dev: ["start.mjs", "--dev"],
  test: ["test.mjs"],
  check: ["check.mjs"],
  fix: ["fix.mjs"],
  bench: ["bench.mjs"],
  compare: ["compare.mjs"],
  pairs: ["pairs.mjs"],
  gherkin: ["gherkin.mjs"],
  shapes: ["shapes.mjs"],
  languages: ["languages.mjs"],
  scanner: ["scanner.mjs"],
  terraform: ["terraform.mjs"],
  contract: ["contract.mjs"],
  halyard: ["halyard.mjs"],
  example: ["example.mjs"],
  size: ["size.mjs"],
  "ui-size": ["ui-size.mjs"],
  screenshots: ["screenshots.mjs"],
  package: ["build-sdk.mjs"],
};

if (!Object.hasOwn(tasks, task)) {
  say(`no task "${task}"; use one of: ${Object.keys(tasks).join(", ")}`);
  process.exit(64);
}
process.chdir(root);
process.exit(insideToolchain() ? runTask() : runUnderToolchain());

function say(line) {
  process.stderr.write(`halyard: ${line}\n`);
}

/** The tasks call `node` and `pnpm`, so both have to be at hand, and new enough. */
function insideToolchain() {
  if (process.env.HALYARD_TOOLCHAIN === "ready") return true;
  if (Number.parseInt(process.versions.node, 10) < Number.parseInt(nodeVersion, 10)) return false;
  const { stdout } = spawnSync("pnpm", ["--version"], { encoding: "utf8" });
  return Number.parseInt(stdout ?? "", 10) === Number.parseInt(pnpmVersion, 10);
}

function runUnderToolchain() {
  say(
    `using Node ${nodeVersion} and pnpm ${pnpmVersion} (the first time they are fetched from the npm registry)`,
  );
  const packages = ["-p", `node@${nodeVersion}`, "-p", `pnpm@${pnpmVersion}`];
  const command = `node scripts/run.mjs ${[task, ...rest].map(quoted).join(" ")}`;
  return statusOf(
    spawnSync("npx", ["--yes", ...packages, "-c", command], {
      stdio: "inherit",
      env: { ...process.env, HALYARD_TOOLCHAIN: "ready", npm_config_loglevel: "error" },
    }),
  );
}

function runTask() {
  const [file, ...preset] = tasks[task];
  const args = [`scripts/${file}`, ...preset, ...rest];
  if (!install()) return 1;
  return statusOf(spawnSync("node", args, { stdio: "inherit" }));
}

/** pnpm answers in a second when nothing is to be done. */
function install() {
  const fresh = !existsSync("node_modules/.modules.yaml");
  if (fresh) say("installing dependencies (about 20 s the first time)");
  if (tryInstall(fresh)) return true;
  say("the installed dependencies do not fit; removing node_modules and installing again");
  rmSync("node_modules", { recursive: true, force: true });
  return tryInstall(true);
}

function tryInstall(visible) {
  const args = [
    "install",
    "--frozen-lockfile",
    "--prefer-offline",
    "--config.confirmModulesPurge=false",
  ];
  const result = spawnSync("pnpm", [...args, "--reporter=append-only"], {
    stdio: visible === true ? ["ignore", 2, 2] : ["ignore", "ignore", 2],
  });
  return result.status === 0;
}

function quoted(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function statusOf(result) {
  if (result.error !== undefined) {
    say(`cannot run ${task}: ${result.error.message}`);
    return 1;
  }
  return result.status ?? 1;
}
