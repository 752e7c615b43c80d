import { setTimeout as pause } from "node:timers/promises";
import { Command } from "commander";
import { z } from "zod";
import { CommandError, exitCode } from "./command-error.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import type { Terminal } from "./terminal.ts";

const Connections = z.object({
  version: z.number(),
  totalCount: z.number(),
  summary: z.string(),
  items: z.array(z.object({ version: z.number() })),
});
const pollMs = 250;

interface WaitOptions extends ConnectionOptions {
  readonly env: string;
  readonly version?: string;
  readonly min: string;
  readonly timeout: string;
}

/** Waits until a change has got to the SDKs. */
export function waitCommand(terminal: Terminal): Command {
  return new Command("wait")
    .description("wait until connected SDKs have a version of an environment")
    .requiredOption("-e, --env <key>", "the environment")
    .option("--version <number>", "the version; the newest where none is given")
    .option("--min <percent>", "how many of the connections have to have it", "100%")
    .option("--timeout <time>", "how long to wait, such as 30s or 2m", "30s")
    .addHelpText("after", "\nExample: halyard wait -e production --min 99% --timeout 30s")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<WaitOptions>();
      const connection = new Connection(options, terminal.environment);
      const path = connection.path("projects", "environments", options.env, "connections");
      const share = numberIn(options.min, /^(\d+(?:\.\d+)?)%?$/u, "--min") / 100;
      const deadline = Date.now() + durationOf(options.timeout);
      const first = Connections.parse(await connection.get(path));
      const wanted =
        options.version === undefined
          ? first.version
          : numberIn(options.version, /^(\d+)$/u, "--version");
      let found = first;
      while (!hasReached(found, wanted, share)) {
        if (Date.now() > deadline) {
          throw new CommandError(`not yet: ${found.summary}; wanted ${wanted}`, exitCode.error);
        }
        await pause(pollMs);
        found = Connections.parse(await connection.get(path));
      }
      terminal.out(terminal.isJson ? JSON.stringify(found) : found.summary);
    });
}

function hasReached(
  { version, totalCount, items }: z.infer<typeof Connections>,
  wanted: number,
  share: number,
): boolean {
  const current = items.filter((item) => item.version >= wanted).length;
  return version >= wanted && current >= totalCount * share;
}

function durationOf(text: string): number {
  const number = numberIn(text, /^(\d+(?:\.\d+)?)(?:ms|s|m)?$/u, "--timeout");
  if (text.endsWith("ms")) return number;
  return number * (text.endsWith("m") ? 60_000 : 1000);
}

function numberIn(text: string, pattern: RegExp, option: string): number {
  const number = pattern.exec(text)?.[1];
  if (number === undefined)
    throw new CommandError(`${option} ${text} cannot be read; see --help`, exitCode.usage);
  return Number(number);
}
