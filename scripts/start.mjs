// Builds the admin UI where its sources have changed, then runs the server in this terminal.
import { spawn } from "node:child_process";
import { ensureAdminUi } from "./admin-ui.mjs";

if (!ensureAdminUi()) process.exit(1);

const environment = { HALYARD_SEED: "demo", ...process.env };
const watch = process.argv.includes("--dev") ? ["--watch"] : [];
// Node's young heap of 3 × 16 MiB would be most of what thousands of idle streams cost.
const flags = ["--max-semi-space-size=1", ...watch];
const server = spawn("node", [...flags, "packages/server/src/main.ts"], {
  stdio: "inherit",
  env: environment,
});
// The terminal sends Ctrl-C to both; the server decides when it has closed.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
