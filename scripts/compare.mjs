// Compares both SDKs over flags made by others, in the folder given as argument.
import { spawnSync } from "node:child_process";
import path from "node:path";

const [folder = ""] = process.argv.slice(2);
const script = "test/src/compare-real-input.ts";
process.exit(spawnSync("node", [script, path.resolve(folder)], { stdio: "inherit" }).status ?? 1);
