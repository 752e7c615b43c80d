// Compares LaunchDarkly's server SDKs of other languages with ours, where the machine has the language.
import { spawnSync } from "node:child_process";

const script = "test/src/compare-languages.ts";
process.exit(spawnSync("node", [script], { stdio: "inherit" }).status ?? 1);
