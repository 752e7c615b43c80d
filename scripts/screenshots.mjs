// Writes every page of the admin UI as a picture, at three widths and in both themes, from a server
// with realistic data: `node scripts/run.mjs screenshots [--out DIR] [--only TEXT]`.
import { spawnSync } from "node:child_process";
import { ensureAdminUi } from "./admin-ui.mjs";
import { ensureBrowser } from "./browser.mjs";

if (!ensureAdminUi() || !ensureBrowser()) process.exit(1);
const args = ["test/src/admin-ui/take-screenshots.ts", ...process.argv.slice(2)];
process.exit(spawnSync("node", args, { stdio: "inherit" }).status ?? 1);
