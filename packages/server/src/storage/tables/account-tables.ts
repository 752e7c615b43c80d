/** What holds for the whole server, whoever uses it. */
export interface AccountTables {
  /** One row: where the history of what belongs to no project stands. */
  account: { id: string; version: number };
  /** What holds for the whole account; the value is JSON. */
  account_setting: { name: string; value: string };
  setup_link: { hash: string; created_at: number };
  /** What writes under an Idempotency-Key were answered, sealed; the id is made from key and credential. */
  idempotency: { id: string; fingerprint: string; answer: Buffer; created_at: number };
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
}
