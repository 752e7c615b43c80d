import { z } from "zod";
import { Statement } from "../access/policy.ts";

/** What can be said of whoever is told of changes, of any kind. */
export const SubscriptionSettings = z.object({
  name: z.string().max(256).default(""),
  on: z.boolean(),
  statements: z.array(Statement).default([]),
  tags: z.array(z.string().min(1).max(256)).max(100).default([]),
});
export type SubscriptionSettings = z.infer<typeof SubscriptionSettings>;

const url = z.string().min(1).max(2048);
const secret = z.string().max(256).default("");

/** What can be said of a webhook; without a secret its messages are not signed. */
export const WebhookSettings = SubscriptionSettings.extend({ url, secret });
export type WebhookSettings = z.infer<typeof WebhookSettings>;

export const NewWebhook = WebhookSettings.extend({
  sign: z.boolean().describe("Whether messages are signed; a secret is made where none is given."),
}).meta({
  examples: [{ url: "https://hooks.example.com/flags", sign: true, on: true, name: "Chat" }],
});
export type NewWebhook = z.infer<typeof NewWebhook>;

/** What is kept of a webhook beside the settings of any subscription. */
const WebhookConfig = z.object({
  url,
  secret,
  /** The secret from before, with which messages are signed too until its time is over. */
  former: z.object({ secret: z.string(), until: z.int() }).optional(),
});
export type WebhookConfig = z.infer<typeof WebhookConfig>;

export function webhookConfigOf({ config }: { readonly config: string }): WebhookConfig {
  return WebhookConfig.parse(JSON.parse(config));
}

/** The secrets that are good at a time, the newest first. */
export function secretsAt({ secret, former }: WebhookConfig, now: number): readonly string[] {
  if (secret === "") return [];
  return former !== undefined && former.until > now ? [secret, former.secret] : [secret];
}

/** For so long a receiver may still know the secret from before only. */
const graceMs = 24 * 3_600_000;

export function withSecret(
  before: WebhookConfig,
  { url, secret }: Pick<WebhookConfig, "url" | "secret">,
  now: number,
): WebhookConfig {
  if (secret === before.secret) return { ...before, url };
  if (secret === "" || before.secret === "") return { url, secret };
  return { url, secret, former: { secret: before.secret, until: now + graceMs } };
}
