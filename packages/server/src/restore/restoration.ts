import type { Access } from "../access/route-access.ts";
import type { Change, RecordChange } from "../changes/changes.ts";
import type { Environment } from "../environments/environment-queries.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";

/** One change that a restoration makes. */
export interface RestoringChange {
  readonly resources: readonly string[];
  readonly instructions: readonly object[];
  readonly words: readonly string[];
}

interface RestorationParts {
  readonly tx: Tx;
  readonly record: RecordChange;
  /** Asked for each thing that is done. */
  readonly access: Access;
  readonly project: Project;
  readonly at: number;
  readonly comment: string;
}

/** Brings things back to how they were, by changes like any other, and keeps account of them. */
export class Restoration {
  readonly changes: RestoringChange[] = [];
  /** What stays as it is, in words. */
  readonly notRestored: string[] = [];
  readonly tx: Tx;
  readonly access: Access;
  readonly project: Project;
  readonly at: number;
  readonly comment: string;
  readonly #record: RecordChange;

  constructor({ tx, record, access, project, at, comment }: RestorationParts) {
    this.tx = tx;
    this.#record = record;
    this.access = access;
    this.project = project;
    this.at = at;
    this.comment = comment;
  }

  readonly record = async (change: Change): Promise<void> => {
    const { resources, instructions, words } = change;
    this.changes.push({ resources, instructions, words });
    await this.#record({ ...change, comment: this.comment });
  };

  /** As policies name something in an environment, or in all of them. */
  stepsTo(
    kind: "flag" | "segment",
    key: string,
    environment?: Environment,
  ): readonly (readonly [string, string])[] {
    return [
      ["proj", this.project.key],
      ["env", environment?.key ?? "*"],
      [kind, key],
    ];
  }
}
