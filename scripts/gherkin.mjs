// Runs OpenFeature's scenarios over both providers; the folder of feature files is the argument.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { ensureBrowser } from "./browser.mjs";

const [given = ""] = process.argv.slice(2);
const folder = path.resolve(given);
if (existsSync(folder) && !ensureBrowser()) process.exit(1);
const script = "test/src/run-gherkin.ts";
process.exit(spawnSync("node", [script, folder], { stdio: "inherit" }).status ?? 1);
