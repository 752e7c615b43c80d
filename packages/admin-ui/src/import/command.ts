import type { ImportFormat } from "./source.ts";

interface CommandParts {
  readonly project: string;
  readonly format: ImportFormat;
  readonly files: readonly string[];
  readonly environment: string | undefined;
}

/** The line that does the same in a shell. */
export function commandOf({ project, format, files, environment }: CommandParts): string {
  return [
    "halyard import",
    `--project ${quoted(project)}`,
    `--from ${format}`,
    ...(environment === undefined ? [] : [`--env ${quoted(environment)}`]),
    ...files.map(quoted),
  ].join(" ");
}

function quoted(text: string): string {
  return /^[\w./-]+$/u.test(text) && !text.startsWith("-")
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}
