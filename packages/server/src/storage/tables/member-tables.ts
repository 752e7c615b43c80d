/** People, what they may, and what they come in by. */
export interface MemberTables {
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
}
