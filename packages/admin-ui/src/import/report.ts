/** What the server says of one thing in a file. */
interface ReportedThing {
  readonly kind: "flag" | "segment";
  readonly key: string;
  /** Of a segment, which each environment has for itself. */
  readonly environmentKey?: string;
  readonly why?: string;
}

/** What would become of everything in the files, or what has become of it. */
export interface ImportReport {
  readonly taken: readonly ReportedThing[];
  readonly approximated: readonly ReportedThing[];
  readonly refused: readonly ReportedThing[];
}

export const outcomes = ["whole", "changed", "left"] as const;
export type Outcome = (typeof outcomes)[number];

/** One flag or segment, with all that is to be said of it. */
export interface ReportRow {
  readonly id: string;
  readonly kind: "flag" | "segment";
  readonly key: string;
  readonly environmentKey?: string;
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
}

/** A row for each thing: what needs a look first. A flag that comes along but in part has all its reasons in one row. */
export function rowsOf(report: ImportReport): readonly ReportRow[] {
  const rows = new Map<string, ReportRow>();
  const note = (outcome: Outcome) => (thing: ReportedThing) => {
    const { kind, key, environmentKey, why } = thing;
    const id = `${kind} ${environmentKey ?? ""} ${key}`;
    const known = rows.get(id);
    rows.set(id, {
      id,
      kind,
      key,
      ...(environmentKey === undefined ? {} : { environmentKey }),
      outcome: known === undefined ? outcome : outcomeOfBoth(known.outcome, outcome),
      reasons: [...(known?.reasons ?? []), ...(why === undefined ? [] : [inSentence(why)])],
    });
  };
  report.approximated.forEach(note("changed"));
  report.taken.forEach(note("whole"));
  report.refused.forEach(note("left"));
  const rank = { left: 0, changed: 1, whole: 2 } as const;
  return [...rows.values()].sort((a, b) => {
    const apart = rank[a.outcome] - rank[b.outcome];
    if (apart !== 0) return apart;
    return a.key < b.key ? -1 : 1;
  });
}

/** A part of what comes along was refused. */
function outcomeOfBoth(first: Outcome, second: Outcome): Outcome {
  return first === second ? first : "changed";
}

/** How many of each, by kind. */
export function countsOf(rows: readonly ReportRow[]) {
  const count = (outcome: Outcome, kind: ReportRow["kind"]) =>
    rows.filter((row) => row.outcome === outcome && row.kind === kind).length;
  return {
    whole: { flag: count("whole", "flag"), segment: count("whole", "segment") },
    changed: { flag: count("changed", "flag"), segment: count("changed", "segment") },
    left: { flag: count("left", "flag"), segment: count("left", "segment") },
  } as const satisfies Record<Outcome, Record<ReportRow["kind"], number>>;
}

/** The rows under a choice of outcome that hold what is typed. */
export function rowsUnder(
  rows: readonly ReportRow[],
  { outcome, typed }: { readonly outcome: Outcome | "all"; readonly typed: string },
): readonly ReportRow[] {
  const wanted = typed.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (outcome === "all" || row.outcome === outcome) &&
      `${row.key} ${row.environmentKey ?? ""} ${row.reasons.join(" ")}`
        .toLowerCase()
        .includes(wanted),
  );
}

/** The server says "its key cannot be one"; on its own it is a sentence. */
function inSentence(why: string): string {
  const [first = "", ...rest] = why;
  const end = /[.?!]$/u.test(why) ? "" : ".";
  return `${first.toUpperCase()}${rest.join("")}${end}`;
}
