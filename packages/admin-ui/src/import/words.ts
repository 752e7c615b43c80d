import { formatList } from "../text/format.ts";
import { countsOf, type Outcome, outcomes, type ReportRow } from "./report.ts";
import { t } from "./text.ts";

interface Things {
  readonly flag: number;
  readonly segment: number;
}

/** As "12 flags and 1 segment"; what there is none of is left out. */
export function inThings({ flag, segment }: Things): string {
  const parts = [
    ...(flag > 0 ? [t("import.flags", { count: flag })] : []),
    ...(segment > 0 ? [t("import.segments", { count: segment })] : []),
  ];
  return parts.length === 0 ? t("import.nothing") : formatList(parts);
}

export function totalOf({ flag, segment }: Things): number {
  return flag + segment;
}

/** What is in the database afterwards. */
export function importedOf(rows: readonly ReportRow[]): Things {
  const { whole, changed } = countsOf(rows);
  return { flag: whole.flag + changed.flag, segment: whole.segment + changed.segment };
}

/** The report in a sentence or three. */
export function summaryOf(rows: readonly ReportRow[]): string {
  const counts = countsOf(rows);
  if (rows.length === 0) return t("import.report.none");
  if (totalOf(counts.whole) === rows.length) return t("import.report.whole");
  const parts = outcomes.flatMap((outcome) =>
    totalOf(counts[outcome]) === 0
      ? []
      : [t(`import.report.part.${outcome}`, { things: inThings(counts[outcome]) })],
  );
  return parts.join(" ");
}

export function outcomeInWords(outcome: Outcome, isDone: boolean): string {
  if (outcome === "left" && isDone) return t("import.outcome.left.done");
  return t(`import.outcome.${outcome}`);
}
