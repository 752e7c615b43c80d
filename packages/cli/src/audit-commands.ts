import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Command } from "commander";
import { z } from "zod";
import { CommandError, exitCode } from "./command-error.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { type Terminal, table } from "./terminal.ts";

const path = "/api/v2/auditlog";
const proofPath = "/api/v2/audit";
const offline = fileURLToPath(new URL("../../server/src/audit/verify-folder.ts", import.meta.url));

const Listing = z.object({
  items: z.array(z.object({ _id: z.string(), date: z.int(), title: z.string() })),
});
const Checkpoint = z.object({ statement: z.string(), signature: z.string() });
const Verification = z.object({
  isWhole: z.boolean(),
  histories: z.int(),
  checkpoints: z.int(),
  problems: z.array(z.object({ message: z.string() })),
});
type Verification = z.infer<typeof Verification>;

interface ListOptions extends ConnectionOptions {
  readonly limit: string;
  readonly search?: string;
  readonly spec?: string;
}

interface VerifyOptions extends ConnectionOptions {
  readonly data?: string;
  readonly against?: string;
}

export function auditCommand(terminal: Terminal): Command {
  return new Command("audit")
    .description("read the log of changes, and check that it is whole")
    .addCommand(listCommand(terminal))
    .addCommand(exportLogCommand(terminal))
    .addCommand(checkpointCommand(terminal))
    .addCommand(verifyCommand(terminal));
}

function listCommand(terminal: Terminal): Command {
  return new Command("list")
    .description("list the newest entries, with the ids that revert takes")
    .option("--limit <count>", "how many", "20")
    .option("--search <words>", "words that names, keys or comments begin with")
    .option("--spec <resource>", "such as proj/web-shop:env/*:flag/checkout")
    .action(async (_, command: Command) => {
      const { limit, search, spec, ...options } = command.optsWithGlobals<ListOptions>();
      const query = new URLSearchParams({ limit });
      if (search !== undefined) query.set("q", search);
      if (spec !== undefined) query.set("spec", spec);
      const connection = new Connection(options, terminal.environment);
      const { items } = Listing.parse(await connection.get(`${path}?${query}`));
      if (terminal.isJson) return terminal.out(JSON.stringify(items));
      const rows = items.map(({ _id, date, title }) => [_id, new Date(date).toISOString(), title]);
      terminal.out(table(rows));
    });
}

function exportLogCommand(terminal: Terminal): Command {
  return new Command("export")
    .description("print all entries as JSON, one a line, the oldest first")
    .addHelpText("after", "\nExample: halyard audit export > audit.jsonl")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<ConnectionOptions>();
      const connection = new Connection(options, terminal.environment);
      for await (const line of connection.lines(`${proofPath}/export`)) terminal.out(line);
    });
}

function checkpointCommand(terminal: Terminal): Command {
  return new Command("checkpoint")
    .description("print the newest signed statement of where the log stands, to be kept elsewhere")
    .addHelpText("after", "\nExample: halyard audit checkpoint > monday.json")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<ConnectionOptions>();
      const connection = new Connection(options, terminal.environment);
      terminal.out(JSON.stringify(await connection.get(`${proofPath}/checkpoint`)));
    });
}

function verifyCommand(terminal: Terminal): Command {
  return new Command("verify")
    .description("check that nothing of the log was changed or cut off")
    .option("--data <folder>", "a server's data folder, in place of asking a server")
    .option("--against <file>", "a checkpoint that was kept elsewhere")
    .addHelpText("after", "\nExample: halyard audit verify --data .halyard --against monday.json")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<VerifyOptions>();
      const verification =
        options.data === undefined
          ? await verifiedByServer(options, terminal)
          : await verifiedInFolder(options.data, options.against);
      tell(terminal, verification);
      if (verification.isWhole) return;
      const { length } = verification.problems;
      const what = length === 1 ? "1 problem" : `${length} problems`;
      throw new CommandError(`the log is not whole: ${what}; see above`, exitCode.error);
    });
}

async function verifiedByServer(
  { against, ...options }: VerifyOptions,
  terminal: Terminal,
): Promise<Verification> {
  const connection = new Connection(options, terminal.environment);
  const body = against === undefined ? {} : { checkpoint: readCheckpoint(against) };
  return Verification.parse(await connection.post(`${proofPath}/verification`, body));
}

async function verifiedInFolder(folder: string, against?: string): Promise<Verification> {
  const args = [offline, folder, ...(against === undefined ? [] : [against])];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return Verification.parse(JSON.parse(stdout));
  } catch (error) {
    const said = z.object({ stderr: z.string() }).safeParse(error).data?.stderr.trim();
    throw new CommandError(said ?? `cannot check ${folder}`, exitCode.error, { cause: error });
  }
}

function readCheckpoint(file: string): z.infer<typeof Checkpoint> {
  try {
    return Checkpoint.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new CommandError(
      `${file} is no checkpoint; take one with "halyard audit checkpoint"`,
      exitCode.usage,
      { cause: error },
    );
  }
}

function tell(terminal: Terminal, verification: Verification): void {
  if (terminal.isJson) {
    terminal.out(JSON.stringify(verification));
    return;
  }
  const { isWhole, histories, checkpoints, problems } = verification;
  for (const { message } of problems) terminal.out(message);
  if (isWhole) terminal.out(`whole: ${histories} histories, ${checkpoints} signed checkpoints`);
}
