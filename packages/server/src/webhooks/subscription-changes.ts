import { accountChange } from "../changes/account-change.ts";
import type { Change, RecordChange } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import type { Tx } from "../storage/database.ts";
import { deleteSubscription, type Subscription, saveSubscription } from "./subscription-queries.ts";
import type { SubscriptionSettings } from "./webhook.ts";

/** Who is told, with settings that may be shown: secrets are not among them. */
export interface Described {
  readonly subscription: Subscription;
  readonly settings: object;
}

/** As policies name it. */
export function resourceOf({ kind, id }: Pick<Subscription, "kind" | "id">): string {
  return kind === "webhook" ? `webhook/${id}` : `integration/${kind}`;
}

export function newSubscription(
  kind: string,
  settings: SubscriptionSettings,
  { config, at }: { config: object; at: number },
): Subscription {
  const base = { id: newId(), kind, created_at: at, blocked_until: 0, failing_since: null };
  return withSettings({ ...base, config: "", ...columnsOf(settings) }, settings, config);
}

export function withSettings(
  subscription: Subscription,
  settings: SubscriptionSettings,
  config: object,
): Subscription {
  const isTurnedOn = subscription.is_on === 0 && settings.on;
  return {
    ...subscription,
    ...columnsOf(settings),
    config: JSON.stringify(config),
    // Whoever turns it on, or says where else to send to, expects it to be tried at once.
    ...(isTurnedOn || JSON.stringify(config) !== subscription.config
      ? { blocked_until: 0, failing_since: null }
      : {}),
  };
}

export async function createSubscription(
  tx: Tx,
  record: RecordChange,
  { subscription, settings }: Described,
): Promise<void> {
  // After the record, so that nobody is told of its own beginning.
  const what = nounOf(subscription);
  await record(
    aboutSubscription(subscription, {
      instruction: what === "webhook" ? "createWebhook" : "createIntegration",
      words: `Create the ${what} ${labelOf(subscription)}`,
      after: settings,
    }),
  );
  await saveSubscription(tx, subscription);
}

export async function changeSubscription(
  tx: Tx,
  record: RecordChange,
  {
    before,
    after,
    changed,
    comment,
  }: {
    before: Described;
    after: Described;
    changed: readonly string[];
    comment: string | undefined;
  },
): Promise<void> {
  const what = nounOf(after.subscription);
  await saveSubscription(tx, after.subscription);
  await record({
    ...aboutSubscription(after.subscription, {
      instruction: "update",
      words: `Change ${changed.join(" and ")} of the ${what} ${labelOf(after.subscription)}`,
      before: before.settings,
      after: after.settings,
      comment,
    }),
    instructions: changed.map((member) => ({ kind: "update", member })),
  });
}

export async function removeSubscription(
  tx: Tx,
  record: RecordChange,
  { subscription, settings }: Described,
): Promise<void> {
  const what = nounOf(subscription);
  await deleteSubscription(tx, subscription.id);
  await record(
    aboutSubscription(subscription, {
      instruction: what === "webhook" ? "deleteWebhook" : "deleteIntegration",
      words: `Delete the ${what} ${labelOf(subscription)}`,
      before: settings,
    }),
  );
}

function aboutSubscription(
  subscription: Subscription,
  change: {
    instruction: string;
    words: string;
    comment?: string | undefined;
    before?: object;
    after?: object;
  },
): Change {
  return accountChange({
    kind: kindOf(subscription),
    key: subscription.id,
    resource: resourceOf(subscription),
    ...change,
  });
}

/** What the change log calls it. */
export function kindOf({ kind }: Pick<Subscription, "kind">): "webhook" | "integration" {
  return kind === "webhook" ? "webhook" : "integration";
}

export function nounOf({ kind }: Pick<Subscription, "kind">): string {
  return kind === "webhook" ? "webhook" : `${kind} integration`;
}

function labelOf({ name, id }: Subscription): string {
  return name === "" ? id : name;
}

function columnsOf({ name, on, statements, tags }: SubscriptionSettings) {
  return {
    name,
    is_on: on ? 1 : 0,
    statements: JSON.stringify(statements),
    tags: JSON.stringify(tags),
  };
}
