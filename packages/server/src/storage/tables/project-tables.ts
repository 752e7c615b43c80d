/** Projects with their environments, and who is served by these. */
export interface ProjectTables {
  project: {
    id: string;
    key: string;
    name: string;
    tags: string;
    created_at: number;
    version: number;
    /** JSON: what a flag gets that is made without saying; what is usual where members are absent. */
    flag_defaults: string;
    /** JSON: how keys of flags are formed; null where they are free. */
    naming_convention: string | null;
    default_release_pipeline: string | null;
    /** JSON: when flags come onto the clean-up board; what is usual where members are absent. */
    lifecycle: string;
  };
  environment: {
    /** 24 hexadecimal digits; it is also the client-side ID. */
    id: string;
    project_id: string;
    key: string;
    name: string;
    color: string;
    epoch: string;
    version: number;
    sdk_key: string;
    mobile_key: string;
    critical: number;
    created_at: number;
    /** Whether browsers have to show that the page's server vouches for their context. */
    secure_mode: number;
    /** JSON list. */
    tags: string;
    /** JSON: what changes need before they are made, by kind of resource. */
    approval_settings: string;
    /** Minutes for which SDKs that ask for single flags may keep the answer. */
    default_ttl: number;
    default_track_events: number;
    require_comments: number;
    confirm_changes: number;
  };
  /** Keys beside the environment's own two: further ones, and former ones in their time of grace. */
  environment_key: {
    secret: string;
    environment_id: string;
    kind: "sdk" | "mobile";
    name: string;
    created_at: number;
    expires_at: number | null;
  };
  payload_filter: {
    id: string;
    project_id: string;
    key: string;
    name: string;
    flag_keys: string;
    created_at: number;
  };
  relay_key: {
    id: string;
    hash: string;
    name: string;
    ending: string;
    created_at: number;
    /** Says which environments the relay learns, a JSON list of statements. */
    policy: string;
    creator_id: string | null;
    updated_at: number;
    /** The key from before a reset, while it is still good. */
    former_hash: string | null;
    former_expires_at: number | null;
  };
  /** The kinds of contexts of a project: made by people, or seen in what SDKs evaluate. */
  context_kind: {
    project_id: string;
    key: string;
    name: string;
    description: string;
    version: number;
    created_at: number;
    updated_at: number;
    last_seen_at: number | null;
    created_from: "default" | "auto-add" | "manual";
    hide_in_targeting: number;
    archived: number;
  };
  /** Whether and for how long an environment keeps the contexts that SDKs report. */
  context_setting: { environment_id: string; is_kept: number; retention_days: number };
  /** What an environment serves under a key; a null body is a deletion. */
  item: {
    environment_id: string;
    kind: "flag" | "segment";
    key: string;
    version: number;
    updated_at: number;
    body: string | null;
  };
}
