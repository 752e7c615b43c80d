import { z } from "zod";
import { DomainError } from "../errors.ts";
import { SubscriptionSettings } from "../webhooks/webhook.ts";

const url = z.string().min(1).max(2048);

/** What each integration needs to know, by its key. */
const configs = {
  slack: z.strictObject({ url }),
  msteams: z.strictObject({ url }),
  datadog: z.strictObject({
    apiKey: z.string().min(1).max(256),
    hostURL: url.default("https://api.datadoghq.com"),
  }),
} as const;

export type IntegrationKey = keyof typeof configs;

/** Members of which only whoever may change them sees the whole. */
const secretMembers: readonly string[] = ["apiKey", "url"];

export type IntegrationConfig =
  | ({ readonly key: "slack" | "msteams" } & z.infer<typeof configs.slack>)
  | ({ readonly key: "datadog" } & z.infer<typeof configs.datadog>);

export const integrationKeys = [
  "slack",
  "msteams",
  "datadog",
] as const satisfies readonly IntegrationKey[];

/** What can be said of a subscription of an integration; `config` is read by the integration's key. */
export const IntegrationSettings = SubscriptionSettings.extend({
  name: z.string().trim().min(1).max(256),
  on: z.boolean().default(false),
  config: z.record(z.string(), z.unknown()),
});
export type IntegrationSettings = z.infer<typeof IntegrationSettings>;

/** `url` and `apiKey` are where older clients write these two members of the configuration. */
export const NewIntegration = IntegrationSettings.extend({
  url: z.string().optional(),
  apiKey: z.string().optional(),
}).meta({
  examples: [
    { name: "Releases", on: true, config: { url: "https://hooks.slack.com/services/T0/B0/x" } },
  ],
});

export function parseIntegrationKey(key: string): IntegrationKey {
  const known = integrationKeys.find((one) => one === key);
  if (known !== undefined) return known;
  throw new DomainError(
    "invalid_request",
    `there is no integration "${key}" here; there are ${integrationKeys.join(", ")}, and webhooks for anything else`,
  );
}

export function parseIntegrationConfig(key: IntegrationKey, config: unknown): IntegrationConfig {
  const parsed =
    key === "datadog"
      ? configs.datadog.transform((one) => ({ key, ...one })).safeParse(config)
      : configs[key].transform((one) => ({ key, ...one })).safeParse(config);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const at = ["config", ...(problem?.path ?? [])].join("/");
  const members = Object.keys(configs[key].shape).join(", ");
  throw new DomainError(
    "invalid_request",
    `${at}: ${problem?.message}; the integration "${key}" takes ${members}`,
  );
}

/** The configuration for those who may not change it. */
export function withoutSecrets(config: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      secretMembers.includes(name) ? `••••••••${String(value).slice(-4)}` : value,
    ]),
  );
}

/** The address that is called. */
export function addressOf(config: IntegrationConfig): string {
  if (config.key !== "datadog") return config.url;
  return `${config.hostURL.replace(/\/+$/u, "")}/api/v1/events`;
}
