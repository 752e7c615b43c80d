import path from "node:path";
import { z } from "zod";
import { type AllowedTargets, parseAllowedTargets } from "./outbound/address.ts";

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default("localhost"),
  HALYARD_DATA: z.string().min(1).default("data"),
  HALYARD_BASE_URL: z.url().optional(),
  HALYARD_BOOTSTRAP_TOKEN: z.string().min(16).optional(),
  HALYARD_SEED: z.enum(["demo", "none"]).default("none"),
  HALYARD_REDIS_URL: z.url({ protocol: /^rediss?$/u }).optional(),
  HALYARD_DRAIN_SECONDS: z.coerce.number().min(0).max(300).default(20),
  HALYARD_RATE_LIMIT: z.coerce.number().min(0).max(1_000_000).default(50),
  HALYARD_OUTBOUND_ALLOW: z
    .string()
    .default("")
    .transform((setting, context) => {
      try {
        return parseAllowedTargets(setting);
      } catch (error) {
        context.addIssue(error instanceof Error ? error.message : "it cannot be read");
        return z.NEVER;
      }
    }),
  HALYARD_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("warn"),
});

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly baseUrl: string | undefined;
  readonly bootstrapToken: string | undefined;
  readonly seed: "demo" | "none";
  /** Where SDKs on servers look up who is in a big segment. */
  readonly redisUrl: string | undefined;
  /** Over how long streams are let go when the server is asked to stop. */
  readonly drainMs: number;
  /** Requests a second that one token or session may make of the management API; 0 is no limit. */
  readonly requestsPerSecond: number;
  /** Where webhooks may go although it is not the public internet. */
  readonly outboundAllow: AllowedTargets;
  readonly logLevel: "trace" | "debug" | "info" | "warn" | "error" | "silent";
}

/** Reads the settings from environment variables; a wrong one is named. */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  // A variable that is set to nothing is how many tools say that it is not set.
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const parsed = Settings.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path: at, message }) => `${at.join(".")}: ${message}`,
    );
    throw new Error(`a setting is wrong; see docs/settings.md: ${problems.join("; ")}`);
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    dataFolder: path.resolve(data.HALYARD_DATA),
    baseUrl: data.HALYARD_BASE_URL?.replace(/\/+$/u, ""),
    bootstrapToken: data.HALYARD_BOOTSTRAP_TOKEN,
    seed: data.HALYARD_SEED,
    redisUrl: data.HALYARD_REDIS_URL,
    drainMs: data.HALYARD_DRAIN_SECONDS * 1000,
    requestsPerSecond: data.HALYARD_RATE_LIMIT,
    outboundAllow: data.HALYARD_OUTBOUND_ALLOW,
    logLevel: data.HALYARD_LOG_LEVEL,
  };
}
