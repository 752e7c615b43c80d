import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { CommandError } from "./command-error.ts";
import type { Terminal } from "./terminal.ts";

/** Node's young heap of 3 × 16 MiB would be most of what thousands of idle streams cost. */
const nodeFlags = ["--max-semi-space-size=1"];
const server = fileURLToPath(new URL("../../server/src/main.ts", import.meta.url));

export function serveCommands(terminal: Terminal): Command[] {
  const run = async (settings: Readonly<Record<string, string>>): Promise<void> => {
    const child = spawn(process.execPath, [...nodeFlags, server], {
      stdio: "inherit",
      env: { ...settings, ...terminal.environment },
    });
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => child.kill(signal));
    const [code] = await once(child, "exit");
    if (code !== 0) throw new CommandError("the server has ended; see above", 1);
  };
  return [
    new Command("serve")
      .description("run the server; its settings are environment variables, see docs/settings.md")
      .addHelpText("after", "\nExample: PORT=9000 halyard serve")
      .action(() => run({})),
    new Command("dev")
      .description("run the server with a demo project to play with")
      .addHelpText("after", "\nExample: halyard dev")
      .action(() => run({ HALYARD_SEED: "demo" })),
  ];
}
