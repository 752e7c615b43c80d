// The measurements, each with its peer beside it: `npm run bench`, or one of them by name.
import { spawnSync } from "node:child_process";
import { ensureAdminUi } from "./admin-ui.mjs";
import { ensureBrowser } from "./browser.mjs";
import { ensureUnleash } from "./unleash.mjs";

const benches = [
  "propagation",
  "scale",
  "fan-out",
  "evaluation",
  "memory",
  "audit",
  "flag-list",
  "management",
  "ui",
];
const [name = "all", ...rest] = process.argv.slice(2);
const chosen = name === "all" ? benches : [name];
if (!chosen.every((bench) => benches.includes(bench))) {
  process.stderr.write(`halyard: no measurement "${name}"; use all, ${benches.join(" or ")}\n`);
  process.exit(64);
}
if (!ensureAdminUi() || !ensureBrowser()) process.exit(1);
if (chosen.includes("management") && !ensureUnleash()) process.exit(1);
for (const bench of chosen) {
  // What the UI weighs is counted in its files, and how it feels is measured in a browser.
  if (bench === "ui") spawnSync("node", ["scripts/ui-size.mjs", "--first"], { stdio: "inherit" });
  const { status } = spawnSync("node", [`bench/src/${bench}.ts`, ...rest], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
