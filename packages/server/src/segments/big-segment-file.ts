import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { CsvError, parse } from "csv-parse";
import { z } from "zod";

/** What one line of a file says of a context. */
export interface ListedMember {
  /** From 1. */
  readonly line: number;
  readonly contextKey: string;
  readonly list: "included" | "excluded";
}

/** A line that says nothing, and why. */
export interface BadLine {
  readonly line: number;
  readonly problem: string;
}

export const csvHeader = "key,membership\n";
const longestRecordBytes = 16 * 1024;
const headers: readonly string[] = ["key", "key,membership"];

const List = z.enum(["included", "excluded"]);
const JsonLine = z.union([
  z.string().min(1),
  z.object({ key: z.string().min(1), membership: List.default("included") }),
]);

/**
 * Reads members line by line: CSV with the key and, where it is not "included", the membership, below
 * a header or without one; or, by the name of the file, JSON lines with the same members.
 */
export async function* readMembers(
  path: string,
  fileName: string,
): AsyncGenerator<ListedMember | BadLine> {
  if (/\.(jsonl|ndjson)$/u.test(fileName)) yield* readJsonLines(path);
  else yield* readCsv(path);
}

/** A member as a line of CSV; who is in both lists has two. */
export function csvLines({
  contextKey,
  isIncluded,
  isExcluded,
}: {
  readonly contextKey: string;
  readonly isIncluded: boolean;
  readonly isExcluded: boolean;
}): string {
  const key = `"${contextKey.replaceAll('"', '""')}"`;
  return `${isIncluded ? `${key},included\n` : ""}${isExcluded ? `${key},excluded\n` : ""}`;
}

async function* readCsv(path: string): AsyncGenerator<ListedMember | BadLine> {
  const parser = createReadStream(path).pipe(
    parse({
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: longestRecordBytes,
    }),
  );
  try {
    for await (const row of parser) {
      const { info, record } = Row.parse(row);
      if (info.records === 1 && headers.includes(record.join(","))) continue;
      yield memberIn(record, info.lines);
    }
  } catch (error) {
    // Behind such a place nothing can be told apart.
    if (!(error instanceof CsvError)) throw error;
    const lines: unknown = Reflect.get(error, "lines");
    yield { line: typeof lines === "number" ? lines : 1, problem: error.message };
  }
}

const Row = z.object({
  info: z.object({ lines: z.int(), records: z.int() }),
  record: z.array(z.string()),
});

function memberIn(record: readonly string[], line: number): ListedMember | BadLine {
  const [contextKey = "", membership = "included", ...more] = record;
  const list = List.safeParse(membership);
  if (contextKey === "") return { line, problem: "the key is empty" };
  if (!list.success)
    return { line, problem: `"${membership}" is neither "included" nor "excluded"` };
  if (more.length > 0) return { line, problem: "there are more than two columns" };
  return { line, contextKey, list: list.data };
}

async function* readJsonLines(path: string): AsyncGenerator<ListedMember | BadLine> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === "") continue;
    const parsed = JsonLine.safeParse(jsonOf(text));
    if (!parsed.success) {
      yield { line, problem: 'it is neither "KEY" nor {"key": "KEY", "membership": "excluded"}' };
    } else if (typeof parsed.data === "string") {
      yield { line, contextKey: parsed.data, list: "included" };
    } else {
      yield { line, contextKey: parsed.data.key, list: parsed.data.membership };
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The line is reported as one that cannot be read.
  }
}
