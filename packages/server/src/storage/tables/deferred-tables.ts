/** A flag in an environment, in the columns of what belongs to it. */
export interface FlagColumns {
  project_id: string;
  environment_key: string;
  flag_key: string;
}

/** Changes that are set up now and made later. */
export interface DeferredTables {
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
}
