import { Command, CommanderError } from "commander";
import { auditCommand } from "./audit-commands.ts";
import { CommandError, exitCode } from "./command-error.ts";
import { evalCommand } from "./eval-command.ts";
import { exportCommand } from "./export-command.ts";
import { flagCommands } from "./flag-commands.ts";
import { typesCommand } from "./flag-types/types-command.ts";
import { importCommand } from "./import-command.ts";
import { revertCommand } from "./revert-command.ts";
import { serveCommands } from "./serve-commands.ts";
import type { Terminal } from "./terminal.ts";
import { waitCommand } from "./wait-command.ts";

/** Runs one command line and gives its exit code. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command("halyard")
    .description("feature flags: serve, read, switch, import")
    .option("--url <url>", "the server (HALYARD_URL)")
    .option("--token <token>", "an access token (HALYARD_TOKEN)")
    .option("--project <key>", "the project (HALYARD_PROJECT)")
    .option("--json", "print JSON, as where the output is piped");
  const commands = [
    ...serveCommands(terminal),
    importCommand(terminal),
    evalCommand(terminal),
    flagCommands(terminal),
    waitCommand(terminal),
    auditCommand(terminal),
    revertCommand(terminal),
    exportCommand(terminal),
    typesCommand(terminal),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({ writeOut: terminal.talk, writeErr: terminal.talk });
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    if (!(error instanceof CommandError)) throw error;
    terminal.talk(`error: ${error.message}\n`);
    return error.exitCode;
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
