import type { Generated } from "kysely";

/** A flag in an environment, in the columns of what belongs to it. */
export interface FlagColumns {
  project_id: string;
  environment_key: string;
  flag_key: string;
}

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
    /** JSON: what changes need before they are made, by kind of resource. */
    approval_settings: string;
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
    /** When the next of its targets expires. */
    expires_at: number | null;
  };
  /** Who is listed in a big segment, and who as not in it. Those of other generations do not count. */
  big_segment_member: {
    environment_id: string;
    segment_key: string;
    generation: number;
    context_key: string;
    included: number;
    excluded: number;
  };
  /** Files of members on their way into a big segment. */
  big_segment_import: {
    id: string;
    environment_id: string;
    segment_key: string;
    mode: "merge" | "replace";
    status: "pending_approval" | "ready" | "in_progress" | "complete" | "stopped";
    file_name: string;
    /** JSON: who uploaded it. */
    actor: string;
    created_at: number;
    /** Why it was stopped, a JSON list. */
    problems: string;
    finished_at: number | null;
    /** Whose members it has replaced, until they are dropped. */
    former_generation: number | null;
  };
  /** Files of members that were asked for. */
  big_segment_export: {
    id: string;
    environment_id: string;
    segment_key: string;
    status: "in_progress" | "complete" | "stopped";
    size_bytes: number;
    /** JSON: who asked for it. */
    actor: string;
    created_at: number;
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
    /** 0 where the member may not come in any more, and is kept. */
    is_active: number;
    /** What a provisioning client calls the member. */
    external_id: string | null;
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
    external_id: string | null;
    /** 1 where a provisioning client keeps the members. */
    is_idp_synced: number;
  };
  team_member: { team_id: string; member_id: string; is_maintainer: number };
  session: {
    id: string;
    hash: string;
    member_id: string;
    created_at: number;
    expires_at: number;
    last_seen_at: number;
    address: string;
    user_agent: string;
    /** 1 where an identity provider has vouched for the person. */
    is_by_sso: number;
  };
  /** What holds for the whole account; the value is JSON. */
  account_setting: { name: string; value: string };
  /** A second factor; it counts once a code has confirmed it. */
  totp: {
    member_id: string;
    secret: string;
    confirmed_at: number | null;
    /** The half minute of the last code that was taken, so that none is taken twice. */
    last_step: number;
  };
  recovery_code: { hash: string; member_id: string };
  /** Who somebody is to an identity provider. */
  sso_identity: { issuer: string; subject: string; member_id: string };
  /** Sign-ins that are on their way through an identity provider. */
  sso_attempt: {
    hash: string;
    nonce: string;
    verifier: string;
    return_to: string;
    created_at: number;
  };
  ip_allow_list_entry: { id: string; cidr: string; description: string; created_at: number };
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
  /** Who is told of changes: a webhook, or an integration by its key. */
  subscription: {
    id: string;
    kind: string;
    name: string;
    is_on: number;
    /** JSON; what is in it depends on the kind. */
    config: string;
    /** Which changes are told, a JSON list of statements; all where it is empty. */
    statements: string;
    tags: string;
    created_at: number;
    /** Nothing is sent before: the receiver did not answer. */
    blocked_until: number;
    failing_since: number | null;
  };
  /** What is told of a change; kept once, however many are told. */
  message: { id: string; body: string; created_at: number };
  message_delivery: {
    /** The order in which deliveries of a subscription are sent. */
    sequence: Generated<number>;
    id: string;
    subscription_id: string;
    message_id: string;
    state: "pending" | "delivered" | "failed";
    attempts: number;
    created_at: number;
    next_at: number;
    last_at: number | null;
    /** What the receiver answered last; what it said is not kept. */
    status: number | null;
    problem: string | null;
  };
  announcement: {
    id: string;
    title: string;
    message: string;
    severity: "info" | "warning" | "critical";
    is_dismissible: number;
    starts_at: number;
    ends_at: number | null;
    created_at: number;
  };
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
  /** What writes under an Idempotency-Key were answered, sealed; the id is made from key and credential. */
  idempotency: { id: string; fingerprint: string; answer: Buffer; created_at: number };
  setup_link: { hash: string; created_at: number };
  /** Instructions that wait for reviews. Actors and lists are JSON. */
  approval_request: {
    id: string;
    project_id: string;
    environment_key: string;
    kind: "flag" | "segment";
    resource_key: string;
    status: "pending" | "scheduled" | "completed" | "failed";
    description: string;
    comment: string;
    instructions: string;
    requestor: string;
    requestor_member_id: string | null;
    /** Ids of the members who wrote the instructions as they are: none of them reviews another's work. */
    authors: string;
    notify_member_ids: string;
    notify_team_keys: string;
    /** The environment and version that a copy is made from. */
    source: string | null;
    execution_date: number | null;
    operating_on_id: string | null;
    version: number;
    /** Grows when the instructions change; reviews of others do not count. */
    content_version: number;
    created_at: number;
    applied_at: number | null;
    applied_by: string | null;
    applied_by_member_id: string | null;
    failure: string | null;
  };
  approval_review: {
    id: string;
    request_id: string;
    kind: "approve" | "decline" | "comment";
    comment: string;
    member_id: string | null;
    token_id: string | null;
    content_version: number;
    created_at: number;
  };
  /** Instructions that wait for their time. */
  scheduled_change: FlagColumns & {
    id: string;
    /** The actor whose rights count when the time has come, JSON. */
    author: string;
    instructions: string;
    comment: string;
    execution_date: number;
    status: "pending" | "completed" | "failed";
    failure: string | null;
    version: number;
    created_at: number;
  };
  /** Addresses that turn a flag on or off, for whoever knows their secret. */
  trigger: FlagColumns & {
    id: string;
    author: string;
    instructions: string;
    integration_key: string;
    enabled: number;
    hash: string;
    version: number;
    created_at: number;
    last_triggered_at: number | null;
    trigger_count: number;
    /** JSON list of times and what was sent, the newest first. */
    recent_bodies: string;
  };
  /** Changes of a flag that are made stage by stage. */
  workflow: FlagColumns & {
    id: string;
    author: string;
    name: string;
    description: string;
    template_key: string | null;
    status: "active" | "completed" | "failed";
    failure: string | null;
    /** JSON, how far each has come included. */
    stages: string;
    version: number;
    created_at: number;
    stopped_at: number | null;
  };
  workflow_template: {
    id: string;
    key: string;
    name: string;
    description: string;
    author: string;
    /** JSON, as they were given. */
    stages: string;
    created_at: number;
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
