import type { RecordChange } from "../changes/changes.ts";

interface DeferredRow {
  readonly id: string;
  readonly project_id: string;
  readonly environment_key: string;
}

interface DeferredLog<Row> {
  /** As the log calls it, such as "workflow". */
  readonly kind: string;
  /** What it is about, as policies name it within an environment, such as `flag/checkout`. */
  readonly subjectOf: (row: Row) => string;
  /** What the log keeps of it. */
  readonly stateOf: (row: Row) => object;
}

/** Says how the log is told of what is done to deferred changes of a kind, themselves. */
export function recorderOf<Row extends DeferredRow>(log: DeferredLog<Row>) {
  return (
    record: RecordChange,
    row: Row,
    projectKey: string,
    done: {
      readonly instruction: object;
      readonly words: string | readonly string[];
      readonly comment?: string | undefined;
      readonly before?: Row;
      readonly after?: Row;
    },
  ): Promise<void> =>
    record({
      projectId: row.project_id,
      kind: log.kind,
      key: row.id,
      resources: [`proj/${projectKey}:env/${row.environment_key}:${log.subjectOf(row)}`],
      instructions: [done.instruction],
      words: [done.words].flat(),
      comment: done.comment,
      before: done.before && log.stateOf(done.before),
      after: done.after && log.stateOf(done.after),
      served: [],
      environments: [row.environment_key],
    });
}
