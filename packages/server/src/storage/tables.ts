/** The tables, as Kysely types them. Times are Unix milliseconds; `body` columns hold JSON. */
export interface Tables {
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
    /** Minutes for which SDKs that ask for single flags may keep the answer. */
    default_ttl: number;
    default_track_events: number;
    require_comments: number;
    confirm_changes: number;
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
  /** One row: where the history of what belongs to no project stands. */
  account: { id: string; version: number };
  /** Keys beside the environment's own two: further ones, and former ones in their time of grace. */
  environment_key: {
    secret: string;
    environment_id: string;
    kind: "sdk" | "mobile";
    name: string;
    created_at: number;
    expires_at: number | null;
  };
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
  segment: {
    environment_id: string;
    key: string;
    version: number;
    created_at: number;
    updated_at: number;
    body: string;
  };
  /** Who is listed in a big segment, and who as not in it. */
  big_segment_member: {
    environment_id: string;
    segment_key: string;
    context_key: string;
    included: number;
    excluded: number;
  };
  /** What an environment serves under a key; a null body is a deletion. */
  item: {
    environment_id: string;
    kind: "flag" | "segment";
    key: string;
    version: number;
    updated_at: number;
    body: string | null;
  };
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
  member: {
    id: string;
    email: string;
    first_name: string;
    last_name: string;
    /** The base role. */
    role: string;
    /** Empty until an invitation is accepted. */
    password: string;
    created_at: number;
    /** Ids of custom roles, a JSON list. */
    custom_roles: string;
    /** JSON: values by name. */
    role_attributes: string;
    last_seen_at: number;
  };
  /** Links by which invited members choose their password. */
  invitation: { hash: string; member_id: string; created_at: number; expires_at: number };
  /** Custom roles; the policy is a JSON list of statements. */
  role: {
    id: string;
    key: string;
    name: string;
    description: string;
    base_permissions: "reader" | "no_access";
    policy: string;
    created_at: number;
    updated_at: number;
  };
  team: {
    id: string;
    key: string;
    name: string;
    description: string;
    custom_roles: string;
    role_attributes: string;
    version: number;
    created_at: number;
    updated_at: number;
  };
  team_member: { team_id: string; member_id: string; is_maintainer: number };
  session: { hash: string; member_id: string; created_at: number; expires_at: number };
  token: {
    id: string;
    hash: string;
    name: string;
    role: string;
    member_id: string | null;
    created_at: number;
    /** The secret's last four characters, by which people tell their tokens apart. */
    ending: string;
    service: number;
    description: string;
    /** Statements of its own, a JSON list; null where roles say what it may. */
    policy: string | null;
    custom_roles: string;
    updated_at: number;
    last_used_at: number;
    expires_at: number | null;
    default_api_version: number;
  };
  payload_filter: {
    id: string;
    project_id: string;
    key: string;
    name: string;
    flag_keys: string;
    created_at: number;
  };
  relay_key: { id: string; hash: string; name: string; ending: string; created_at: number };
  /** What writes under an Idempotency-Key were answered, sealed; the id is made from key and credential. */
  idempotency: { id: string; fingerprint: string; answer: Buffer; created_at: number };
  setup_link: { hash: string; created_at: number };
}
