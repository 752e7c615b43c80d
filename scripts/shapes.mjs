// Holds the REST API against the description of its shapes in the folder given as argument.
import { spawnSync } from "node:child_process";
import path from "node:path";

const [folder = ""] = process.argv.slice(2);
const script = "test/src/check-shapes.ts";
process.exit(spawnSync("node", [script, path.resolve(folder)], { stdio: "inherit" }).status ?? 1);
