import type { Generated } from "kysely";

/** The change log, and the index by which it is read. */
export interface ChangeTables {
  /**
   * Append-only. The history of a project's settings has the project's id as its history, and what
   * belongs to no project is in the history "account".
   */
  change: {
    history: string;
    version: number;
    change_id: string;
    at: number;
    actor: string;
    kind: string;
    key: string;
    instructions: string;
    comment: string;
    before: string | null;
    after: string | null;
    previous_hash: string;
    hash: string;
    /** What was changed as policies name it, a JSON list; null in rows from before it was kept. */
    resources: string | null;
    /** What was done, as a JSON list of sentences. */
    words: string | null;
    /** 1 in one row of each change; a change of several environments has a row in each. */
    is_first: number | null;
  };
  /** One for each change, in the order they were made; `history` and `version` name its first row. */
  audit_entry: {
    id: Generated<number>;
    change_id: string;
    history: string;
    version: number;
    at: number;
    project_id: string | null;
    /** Null for what belongs to no project. */
    project_key: string | null;
    /** Who acted, by session or by a token of their own. */
    member_id: string | null;
    /** How: the actor's kind. */
    method: string;
  };
  /** What was done to what; `entries` counts how often. */
  audit_access: { id: Generated<number>; resource: string; action: string; entries: number };
  audit_entry_access: { access_id: number; at: number; entry_id: number };
  /** Full text; the words themselves are kept in the log only. */
  audit_text: { rowid: number; words: string };
  /** Projects that have entries, deleted ones too. */
  audit_project: { key: string };
  /** Entries that say what a flag or segment is from then on. */
  audit_thing: {
    project_id: string;
    kind: string;
    /** Empty for what is the same thing in every environment. */
    environment_key: string;
    key: string;
    entry_id: number;
  };
  /** Signed statements of where every history stood. */
  audit_checkpoint: {
    id: number;
    at: number;
    /** The newest entry it covers. */
    entry_id: number;
    statement: string;
    signature: string;
  };
}
