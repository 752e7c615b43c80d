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
  readonly from: "launchdarkly" | "flagd" | "go-feature-flag";
  readonly env?: string;
  readonly dryRun?: boolean;
}

export function importCommand(terminal: Terminal): Command {
  return new Command("import")
    .argument("<file...>")
    .description("take over flags of another service, and report what became of each")
    .addOption(
      new Option("--from <format>", "what the files are")
        .choices(["launchdarkly", "flagd", "go-feature-flag"])
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
        await connection.post(`/api/v2/projects/${connection.project}/import`, {
          format: options.from,
          documents: documentsOf(files.map(readDocument)),
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
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(`cannot read ${file}: ${why}`, exitCode.usage, { cause: error });
  }
}

/** Segments are told from flags by what they hold; the flags are in the first other document. */
function documentsOf(documents: readonly unknown[]): object {
  const segments = documents.find((document) => isListOfSegments(document));
  const flags = documents.find((document) => document !== segments);
  return {
    ...(flags === undefined ? {} : { flags }),
    ...(segments === undefined ? {} : { segments }),
  };
}

function isListOfSegments(document: unknown): boolean {
  const items: unknown = Array.isArray(document)
    ? document
    : z.object({ items: z.array(z.unknown()) }).safeParse(document).data?.items;
  const [first] = Array.isArray(items) ? items : [];
  return typeof first === "object" && first !== null && "included" in first;
}
