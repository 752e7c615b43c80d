import { nearest } from "@halyard/instructions";
import { Command } from "commander";
import { CommandError, exitCode } from "./command-error.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { Environment, Flag, Flags } from "./flag-representation.ts";
import { environmentSentences } from "./flag-sentences.ts";

import { type Terminal, table } from "./terminal.ts";

export function flagCommands(terminal: Terminal): Command {
  const flags = new Command("flags").description("list, read and switch flags");
  const connection = (command: Command) =>
    new Connection(command.optsWithGlobals<ConnectionOptions>(), terminal.environment);

  flags
    .command("list")
    .description("every flag, and whether it is on in each environment")
    .addHelpText("after", "\nExample: halyard flags list --project web-shop")
    .action(async (_, command: Command) => {
      const { items } = await listFlags(connection(command));
      if (terminal.isJson) return terminal.out(JSON.stringify(items));
      const environments = [...new Set(items.flatMap((flag) => Object.keys(flag.environments)))];
      const rows = items.map((flag) => [
        flag.key,
        flag.kind,
        ...environments.map((key) => (flag.environments[key]?.on === true ? "on" : "off")),
      ]);
      terminal.out(table([["key", "kind", ...environments], ...rows]));
    });

  flags
    .command("get <key>")
    .description("what a flag does, in sentences")
    .addHelpText("after", "\nExample: halyard flags get checkout")
    .action(async (key: string, _, command: Command) => {
      const flag = await getFlag(connection(command), key);
      if (terminal.isJson) return terminal.out(JSON.stringify(flag));
      terminal.out(
        `${flag.name}  ${flag.key}  ${flag.kind}  ${flag.temporary ? "temporary" : "permanent"}`,
      );
      const lines = Object.keys(flag.environments).flatMap((environment) =>
        environmentSentences(flag, environment).map((line, at) => [
          at === 0 ? environment : "",
          line,
        ]),
      );
      terminal.out(table(lines));
    });

  flags.addCommand(createCommand(terminal));

  for (const state of ["on", "off"] as const) {
    flags
      .command(`${state} <key>`)
      .description(`turn a flag ${state} in an environment`)
      .requiredOption("-e, --env <key>", "the environment")
      .option("--yes", "also where the environment is critical, or asks for a confirmation")
      .option("-m, --comment <words>", "why; some environments ask for it")
      .addHelpText("after", `\nExample: halyard flags ${state} checkout -e development`)
      .action(async (key: string, options: TurnOptions, command: Command) => {
        await turn(connection(command), terminal, {
          key,
          state,
          environmentKey: options.env,
          isSure: options.yes === true,
          comment: options.comment,
        });
      });
  }
  return flags;
}

function createCommand(terminal: Terminal): Command {
  return new Command("create")
    .argument("<key>")
    .description("make a flag, off in every environment")
    .option("--name <name>", "what people call it")
    .option("--variations <values>", "its values, with commas between", "old,new")
    .option("--boolean", "true and false instead")
    .addHelpText("after", "\nExample: halyard flags create checkout --variations old,new,control")
    .action(async (key: string, _, command: Command) => {
      const options = command.optsWithGlobals<CreateOptions>();
      const connection = new Connection(options, terminal.environment);
      const values = options.variations.split(",").map((value) => value.trim());
      const flag = Flag.parse(
        await connection.post(connection.path("flags"), {
          key,
          name: options.name ?? key,
          ...(options.boolean === true
            ? {}
            : { variations: values.map((value) => ({ value, name: value })) }),
        }),
      );
      const words = flag.variations.map(({ value }) => JSON.stringify(value)).join(", ");
      if (terminal.isJson) terminal.out(JSON.stringify(flag));
      else terminal.out(`${flag.key} is made, with ${words}; it is off everywhere`);
    });
}

interface TurnOptions {
  readonly env: string;
  readonly yes?: boolean;
  readonly comment?: string;
}

interface CreateOptions extends ConnectionOptions {
  readonly name?: string;
  readonly variations: string;
  readonly boolean?: boolean;
}

async function turn(
  connection: Connection,
  terminal: Terminal,
  {
    key,
    state,
    environmentKey,
    isSure,
    comment,
  }: {
    key: string;
    state: "on" | "off";
    environmentKey: string;
    isSure: boolean;
    comment: string | undefined;
  },
): Promise<void> {
  await getFlag(connection, key);
  const path = connection.path("projects", "environments", environmentKey);
  const { critical, confirmChanges } = Environment.parse(await connection.get(path));
  if ((critical || confirmChanges) && !isSure) {
    throw new CommandError(
      `${environmentKey} ${critical ? "is critical" : "asks for a confirmation"}; add --yes to turn "${key}" ${state} there`,
      exitCode.needsAction,
    );
  }
  const instructions = [{ kind: state === "on" ? "turnFlagOn" : "turnFlagOff" }];
  const changed = Flag.parse(
    await connection.patch(connection.path("flags", key), {
      environmentKey,
      instructions,
      comment,
    }),
  );
  if (terminal.isJson)
    terminal.out(JSON.stringify({ key, environment: environmentKey, on: state === "on" }));
  else
    terminal.out(
      `${key} in ${environmentKey}: ${environmentSentences(changed, environmentKey).join("\n")}`,
    );
}

export async function getFlag(connection: Connection, key: string): Promise<Flag> {
  try {
    return Flag.parse(await connection.get(connection.path("flags", key)));
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode !== exitCode.notFound) throw error;
    const { items } = await listFlags(connection);
    const meant = nearest(
      key,
      items.map((flag) => flag.key),
    );
    const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
    throw new CommandError(
      `flag "${key}" does not exist in ${connection.project}.${hint}`,
      exitCode.notFound,
      { cause: error },
    );
  }
}

async function listFlags(connection: Connection): Promise<{ items: Flag[] }> {
  return Flags.parse(await connection.get(`${connection.path("flags")}?summary=0&limit=10000`));
}
