/** Where flags stand in code. */
export interface CodeTables {
  code_repository: {
    id: string;
    name: string;
    type: "bitbucket" | "custom" | "github" | "gitlab";
    source_link: string;
    commit_url_template: string;
    hunk_url_template: string;
    default_branch: string;
    enabled: number;
    version: number;
    created_at: number;
  };
  code_branch: {
    id: string;
    repository_id: string;
    name: string;
    head: string;
    update_sequence_id: number | null;
    sync_time: number;
    commit_time: number | null;
  };
  /** A piece of a file that names a flag, in the order in which the scanner gave them. */
  code_hunk: {
    branch_id: string;
    position: number;
    path: string;
    hint: string | null;
    starting_line: number;
    lines: string | null;
    project_key: string;
    flag_key: string;
    aliases: string;
    content_hash: string | null;
  };
  /** The commit that took the last reference to a flag away. */
  code_extinction: {
    branch_id: string;
    project_key: string;
    flag_key: string;
    revision: string;
    message: string;
    time: number;
  };
}
