import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Command, Option } from "commander";
import { parse } from "yaml";
import { z } from "zod";
import { CommandError, exitCode } from "./command-error.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import type { Terminal } from "./terminal.ts";

const Thing = z.object({ kind: z.string(), key: z.string(), why: z.string().optional() });
const Report = z.object({
  taken: z.array(Thing),
  approximated: z.array(Thing),
  refused: z.array(Thing),
});

interface ImportOptions extends ConnectionOptions {
  readonly from: "halyard" | "launchdarkly" | "flagd" | "go-feature-flag";
  readonly env?: string;
  readonly dryRun?: boolean;
}

export function importCommand(terminal: Terminal): Command {
  return new Command("import")
    .argument("<file...>")
    .description("take over flags of another service or an export, and report what became of each")
    .addOption(
      new Option("--from <format>", "what the files are")
        .choices(["halyard", "launchdarkly", "flagd", "go-feature-flag"])
        .makeOptionMandatory(),
    )
    .option("-e, --env <key>", "the environment, where the files name none")
    .option("--dry-run", "report, and store nothing")
    .addHelpText(
      "after",
      "\nExample: halyard import --from flagd demo.flagd.json --env development",
    )
    .action(async (files: string[], _, command: Command) => {
      const options = command.optsWithGlobals<ImportOptions>();
      const connection = new Connection(options, terminal.environment);
      const report = Report.parse(
        await connection.post(connection.path("projects", "import"), {
          format: options.from,
          documents:
            options.from === "halyard"
              ? { project: onlyDocument(files) }
              : documentsOf(files.map(readDocument), files),
          ...(options.env === undefined ? {} : { environmentKey: options.env }),
          ...(options.dryRun === true ? { dryRun: true } : {}),
        }),
      );
      tell(terminal, report);
      if (report.refused.length > 0) {
        throw new CommandError(
          `${report.refused.length} were refused; see the report`,
          exitCode.needsAction,
        );
      }
    });
}

function onlyDocument(files: readonly string[]): unknown {
  const [file = "", ...others] = files;
  if (others.length === 0) return readDocument(file);
  throw new CommandError("an export of ours is one file; give that one", exitCode.usage);
}

function tell(terminal: Terminal, report: z.infer<typeof Report>): void {
  if (terminal.isJson) {
    terminal.out(JSON.stringify(report));
    return;
  }
  for (const [title, things] of Object.entries(report)) {
    terminal.out(`${title}: ${things.length}`);
    for (const { kind, key, why } of things)
      terminal.out(`  ${kind} ${key}${why === undefined ? "" : `: ${why}`}`);
  }
}

function readDocument(file: string): unknown {
  try {
    const bytes = readFileSync(file);
    const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
    // YAML holds JSON, so one reader does for both.
    const document: unknown = parse(text, { maxAliasCount: 100 });
    // An alias may point at what it stands in, which is no JSON.
    JSON.stringify(document);
    return document;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(`cannot read ${file}: ${why}`, exitCode.usage, { cause: error });
  }
}

/** What each file is, told by what it holds; two of a kind are joined where both are lists. */
function documentsOf(documents: readonly unknown[], files: readonly string[]): object {
  const found = new Map<string, unknown>();
  for (const [at, document] of documents.entries()) {
    const kind = kindOf(document);
    if (kind === "project" || kind === "environments") continue;
    const known = found.get(kind);
    if (known === undefined) found.set(kind, document);
    else
      found.set(kind, {
        items: [...itemsOf(known, files), ...itemsOf(document, [files[at] ?? ""])],
      });
  }
  return Object.fromEntries(found);
}

/** The items of an export; a file of another form holds all there is, and stands alone. */
function itemsOf(document: unknown, files: readonly string[]): readonly unknown[] {
  const items = listIn(document);
  if (items !== undefined) return items;
  if (LaunchDarklyFlag.safeParse(document).success) return [document];
  throw new CommandError(
    `${files.join(", ")}: files of this form are imported one by one; run the command for each`,
    exitCode.usage,
  );
}

const LaunchDarklyFlag = z.looseObject({ key: z.string(), variations: z.array(z.unknown()) });

function kindOf(document: unknown): "flags" | "segments" | "environments" | "project" {
  const [first] = listIn(document) ?? [document];
  if (has(first, "apiKey")) return "environments";
  if (has(first, "included")) return "segments";
  if (has(first, "includeInSnippetByDefault")) return "project";
  return "flags";
}

function listIn(document: unknown): readonly unknown[] | undefined {
  if (Array.isArray(document)) return document;
  return z.object({ items: z.array(z.unknown()) }).safeParse(document).data?.items;
}

function has(value: unknown, member: string): boolean {
  return typeof value === "object" && value !== null && member in value;
}
