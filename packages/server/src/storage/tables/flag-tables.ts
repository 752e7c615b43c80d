/** Flags, and how they are released. */
export interface FlagTables {
  flag: {
    project_id: string;
    key: string;
    version: number;
    created_at: number;
    updated_at: number;
    body: string;
    /** When the next of its targets expires. */
    expires_at: number | null;
    name: string;
    /** Key and name in small letters, as they are searched. */
    words: string;
    /** JSON list. */
    tags: string;
    state: "live" | "deprecated" | "archived";
    temporary: number;
    maintainer_id: string | null;
    maintainer_team_key: string | null;
    for_browsers: number;
    for_mobiles: number;
    /** Keys of the flags that it requires in any environment, a JSON list. */
    requires: string;
    archived_at: number | null;
    deprecated_at: number | null;
  };
  /** Members who want to hear of changes of a flag in an environment. */
  flag_follower: {
    project_id: string;
    flag_key: string;
    environment_id: string;
    member_id: string;
  };
  /** In which order a project's environments get what is new. */
  release_pipeline: {
    id: string;
    project_id: string;
    key: string;
    name: string;
    description: string;
    tags: string;
    /** JSON. */
    phases: string;
    is_default: number;
    version: number;
    created_at: number;
  };
  /** A flag on its way through a pipeline, as that was when it began. */
  release: {
    project_id: string;
    flag_key: string;
    pipeline_key: string;
    name: string;
    description: string;
    variation_id: string;
    /** JSON, how far each has come included. */
    phases: string;
    version: number;
    created_at: number;
  };
}
