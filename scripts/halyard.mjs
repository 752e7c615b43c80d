// The halyard command from a checkout; arguments pass through.
import { spawnSync } from "node:child_process";

const main = "packages/cli/src/main.ts";
process.exit(spawnSync("node", [main, ...process.argv.slice(2)], { stdio: "inherit" }).status ?? 1);
