/** Data goes to `out`, talk to `talk`; where `out` is no terminal, data is JSON. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly talk: (text: string) => void;
  readonly isJson: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
