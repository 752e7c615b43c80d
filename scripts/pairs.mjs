// Evaluates random flags for random contexts beside LaunchDarkly's SDK: `pairs [how many] [seed]`.
import { spawnSync } from "node:child_process";

const script = "test/src/pairs/run-pairs.ts";
process.exit(
  spawnSync("node", [script, ...process.argv.slice(2)], { stdio: "inherit" }).status ?? 1,
);
