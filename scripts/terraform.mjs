// Runs the acceptance tests of LaunchDarkly's Terraform provider, where the machine has Go.
import { spawnSync } from "node:child_process";

const args = ["test/src/run-terraform.ts", ...process.argv.slice(2)];
process.exit(spawnSync("node", args, { stdio: "inherit" }).status ?? 1);
