// Runs an example by its name, such as `npm run example node`.
import { spawnSync } from "node:child_process";

const entries = { node: "examples/node/checkout.ts", web: "examples/web/server.ts" };
const [name = ""] = process.argv.slice(2);
if (!Object.hasOwn(entries, name)) {
  process.stderr.write(`halyard: no example "${name}"; use node or web\n`);
  process.exit(64);
}
process.exit(spawnSync("node", [entries[name]], { stdio: "inherit" }).status ?? 1);
