import type { Generated } from "kysely";

/** Who is told of changes, and what of that is under way. */
export interface DeliveryTables {
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
}
