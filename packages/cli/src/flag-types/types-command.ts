import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Command, Option } from "commander";
import { CommandError, exitCode } from "../command-error.ts";
import { Connection, type ConnectionOptions } from "../connection.ts";
import type { Terminal } from "../terminal.ts";
import { type DescribedFlag, listDescribedFlags } from "./described-flag.ts";
import { flagManifest } from "./flag-manifest.ts";
import { flagSchema } from "./flag-schema.ts";
import { declaredTypes, typeDeclarations } from "./type-declarations.ts";

const formats = {
  typescript: {
    file: "src/halyard.gen.d.ts",
    write: typeDeclarations,
    declared: declaredTypes,
  },
  openfeature: {
    file: "flags.json",
    write: (_: string, flags: readonly DescribedFlag[]) => pretty(flagManifest(flags)),
    declared: (file: string) => membersOf(file, "flags"),
  },
  "json-schema": {
    file: "flags.schema.json",
    write: (project: string, flags: readonly DescribedFlag[]) => pretty(flagSchema(project, flags)),
    declared: (file: string) => membersOf(file, "properties"),
  },
} as const;

const watchMs = 2_000;

interface TypesOptions extends ConnectionOptions {
  readonly out?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly format: keyof typeof formats;
}

/** Writes down which flags there are, so that a compiler knows a wrong one. */
export function typesCommand(terminal: Terminal): Command {
  return new Command("types")
    .description(
      "write the project's flags as types, so that a wrong key or value does not compile",
    )
    .option("--out <file>", `where to; ${formats.typescript.file} where none is given`)
    .option("--check", "write nothing, and end with 1 where the file is out of date")
    .option("--watch", "go on, and write again whenever flags have changed")
    .addOption(
      new Option("--format <format>", "for TypeScript, for OpenFeature's command, or as a schema")
        .choices(Object.keys(formats))
        .default("typescript"),
    )
    .addHelpText("after", "\nExample: halyard types --out src/halyard.gen.d.ts --check")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<TypesOptions>();
      const connection = new Connection(options, terminal.environment);
      const format = formats[options.format];
      const out = options.out ?? format.file;
      const read = async () => {
        const flags = await listDescribedFlags(connection);
        return { text: format.write(connection.project, flags), count: flags.length };
      };
      const say = (count: number, says: string) =>
        terminal.out(
          terminal.isJson
            ? JSON.stringify({ file: out, flags: count })
            : `${out} ${says} the ${count} ${count === 1 ? "flag" : "flags"} of ${connection.project}`,
        );
      const { text, count } = await read();
      if (options.check === true) {
        await holdUpToDate(out, text, format.declared);
        return say(count, "is up to date with");
      }
      await mkdir(path.dirname(out), { recursive: true });
      await writeFile(out, text);
      say(count, "has");
      if (options.watch === true) await keepUpToDate({ out, text, read, say, terminal });
    });
}

interface Watched {
  readonly out: string;
  /** What the file holds. */
  readonly text: string;
  readonly read: () => Promise<{ readonly text: string; readonly count: number }>;
  readonly say: (count: number, says: string) => void;
  readonly terminal: Terminal;
}

/** Looks again and again until the process is ended; a server that is away is waited for. */
async function keepUpToDate({ out, text, read, say, terminal }: Watched): Promise<never> {
  let held = text;
  for (;;) {
    await pause(watchMs);
    try {
      const found = await read();
      if (found.text === held) continue;
      await writeFile(out, found.text);
      held = found.text;
      say(found.count, "now has");
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      terminal.talk(`${error.message}; trying again\n`);
    }
  }
}

async function holdUpToDate(
  file: string,
  wanted: string,
  declared: (file: string) => ReadonlyMap<string, string>,
): Promise<void> {
  const found = await textOf(file);
  // A checkout may have turned the line ends.
  if (found.replaceAll("\r\n", "\n") === wanted) return;
  const differences = differencesOf(declared(found), declared(wanted));
  const lines = differences.length === 0 ? ["only words differ, or the layout"] : differences;
  throw new CommandError(
    [`${file} is out of date; run "halyard types" again`, ...lines].join("\n  "),
    exitCode.error,
  );
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const message = `cannot read ${file}; run "halyard types" without --check to write it`;
    throw new CommandError(message, exitCode.error, { cause: error });
  }
}

function differencesOf(
  found: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
): string[] {
  const keys = [...new Set([...found.keys(), ...wanted.keys()])].sort();
  return keys.flatMap((key) => {
    const [before, now] = [found.get(key), wanted.get(key)];
    if (before === now) return [];
    if (before === undefined) return [`${key} is missing: ${now}`];
    return now === undefined
      ? [`${key} is no flag of the project`]
      : [`${key} is ${now}; the file has ${before}`];
  });
}

function pretty(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** The members below one name, each as text; none where the file is no such JSON. */
function membersOf(file: string, name: string): ReadonlyMap<string, string> {
  const members = objectIn(objectFrom(file)[name]);
  return new Map(Object.entries(members).map(([key, value]) => [key, JSON.stringify(value)]));
}

function objectFrom(file: string): Readonly<Record<string, unknown>> {
  try {
    return objectIn(JSON.parse(file));
  } catch {
    return {}; // All that is wanted is missing from it, and is reported so.
  }
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
