import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";

const file = path.join(import.meta.dirname, "../RESULTS.md");

/** Keeps a measurement under its title in RESULTS.md, beside those of the others. Gives the file. */
export function keepResults(title: string, text: string): string {
  const sections = readFileSync(file, "utf8").split(/^(?=# )/mu);
  const mine = `# ${title}\n\n${text}\n`;
  const at = sections.findIndex((section) => section.startsWith(`# ${title}\n`));
  const kept = at === -1 ? [...sections, mine] : sections.with(at, mine);
  writeFileSync(file, `${kept.map((section) => section.trimEnd()).join("\n\n")}\n`);
  return file;
}

/** Where and when it was measured. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim()}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}.`;
}

/** A table whose source can be read as well. */
export function markdownTable(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = []] = rows;
  const widths = head.map((_, at) => Math.max(3, ...rows.map((cells) => cells[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...rows.slice(1).map(line)];
}
