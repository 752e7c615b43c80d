/** The tables, as Kysely types them. Times are Unix milliseconds; `body` columns hold JSON. */
export interface Tables {
  project: {
    id: string;
    key: string;
    name: string;
    tags: string;
    created_at: number;
    version: number;
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
  flag: {
    project_id: string;
    key: string;
    version: number;
    created_at: number;
    updated_at: number;
    body: string;
    /** When the next of its targets expires. */
    expires_at: number | null;
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
  /** Append-only. The history of a project's settings has the project's id as its history. */
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
  };
  member: {
    id: string;
    email: string;
    name: string;
    role: string;
    password: string;
    created_at: number;
  };
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
