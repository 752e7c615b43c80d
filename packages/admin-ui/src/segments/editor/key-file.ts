const headers: readonly string[] = ["key", "user", "user_key", "id"];

/** The keys in a file: one a line, in the first column; a line that names the columns is none. */
export function keysInFile(text: string): readonly string[] {
  const keys = text
    .replace(/^\uFEFF/u, "")
    .split(/\r\n|\n|\r/u)
    .map(firstColumn)
    .filter((key) => key !== "");
  const [first = ""] = keys;
  return [...new Set(headers.includes(first.toLowerCase()) ? keys.slice(1) : keys)];
}

function firstColumn(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"/u.exec(line)?.[1];
  return quoted?.replaceAll('""', '"') ?? line.split(/[,;\t]/u)[0]?.trim() ?? "";
}
