import { Command } from "commander";
import { Connection, type ConnectionOptions } from "./connection.ts";
import type { Terminal } from "./terminal.ts";

export function exportCommand(terminal: Terminal): Command {
  return new Command("export")
    .description("print a whole project as one JSON document, which the import takes")
    .addHelpText("after", "\nExample: halyard export > web-shop.json")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<ConnectionOptions>();
      const connection = new Connection(options, terminal.environment);
      const document = await connection.get(connection.path("projects", "export"));
      terminal.out(JSON.stringify(document, undefined, 2));
    });
}
