import { z } from "zod";
import type { Tables } from "../storage/tables.ts";

/** What projects and environments are known by. */
export const ResourceKey = z
  .string()
  .max(100)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/u,
    "begin with a letter or digit, then letters, digits, '.', '_' and '-'",
  );

export const Tags = z.array(z.string().min(1).max(64));

/** What people may set of an environment. */
export const EnvironmentSettings = z.object({
  name: z.string().min(1),
  color: z.string().regex(/^#?[0-9A-Fa-f]{6}$/u, "six hexadecimal digits"),
  defaultTtl: z
    .int()
    .min(0)
    .max(60)
    .describe("Minutes for which SDKs that ask for single flags may keep the answer."),
  secureMode: z.boolean(),
  defaultTrackEvents: z.boolean().describe("Whether flags made later track events here."),
  requireComments: z.boolean(),
  confirmChanges: z.boolean(),
  tags: Tags,
  critical: z.boolean(),
});
export type EnvironmentSettings = z.infer<typeof EnvironmentSettings>;

export const NewEnvironment = EnvironmentSettings.partial().extend({
  key: ResourceKey,
  name: EnvironmentSettings.shape.name,
  source: z
    .object({
      key: z.string(),
      version: z.int().optional().describe("Refused where that environment is at another one."),
    })
    .optional()
    .describe("The environment whose flags and segments it begins with."),
});
export type NewEnvironment = z.infer<typeof NewEnvironment>;

/** What policies call the change of a setting. */
export const actionOnEnvironment: Readonly<Record<keyof EnvironmentSettings, string>> = {
  name: "updateName",
  color: "updateColor",
  defaultTtl: "updateTtl",
  secureMode: "updateSecureMode",
  defaultTrackEvents: "updateDefaultTrackEvents",
  requireComments: "updateRequireComments",
  confirmChanges: "updateConfirmChanges",
  tags: "updateTags",
  critical: "updateCritical",
};

/** The settings as they are kept. */
export function settingsOf(environment: Tables["environment"]): EnvironmentSettings {
  return {
    name: environment.name,
    color: environment.color,
    defaultTtl: environment.default_ttl,
    secureMode: environment.secure_mode === 1,
    defaultTrackEvents: environment.default_track_events === 1,
    requireComments: environment.require_comments === 1,
    confirmChanges: environment.confirm_changes === 1,
    tags: JSON.parse(environment.tags) as string[], // Written by this server from its own type.
    critical: environment.critical === 1,
  };
}

export function columnsOfSettings(settings: EnvironmentSettings) {
  return {
    name: settings.name,
    color: settings.color,
    default_ttl: settings.defaultTtl,
    secure_mode: Number(settings.secureMode),
    default_track_events: Number(settings.defaultTrackEvents),
    require_comments: Number(settings.requireComments),
    confirm_changes: Number(settings.confirmChanges),
    tags: JSON.stringify([...new Set(settings.tags)]),
    critical: Number(settings.critical),
  };
}

/** The change of a setting in a sentence. */
export function describeSetting(
  member: keyof EnvironmentSettings,
  settings: EnvironmentSettings,
): string {
  switch (member) {
    case "name":
      return `Call the environment ${settings.name}`;
    case "color":
      return `Give the environment the color ${settings.color}`;
    case "defaultTtl":
      return `Let SDKs keep single flags for ${settings.defaultTtl} minutes`;
    case "secureMode":
      return `Turn secure mode ${onOrOff(settings.secureMode)}`;
    case "defaultTrackEvents":
      return `Turn the tracking of events of later flags ${onOrOff(settings.defaultTrackEvents)}`;
    case "requireComments":
      return settings.requireComments
        ? "Ask for a comment with every change"
        : "Let changes come without a comment";
    case "confirmChanges":
      return settings.confirmChanges
        ? "Ask for a confirmation of every change"
        : "Let changes go without a confirmation";
    case "tags":
      return settings.tags.length === 0
        ? "Take all tags off the environment"
        : `Tag the environment with ${settings.tags.join(", ")}`;
    case "critical":
      return settings.critical
        ? "Mark the environment as critical"
        : "Mark the environment as not critical";
    default:
      return member satisfies never;
  }
}

function onOrOff(isOn: boolean): string {
  return isOn ? "on" : "off";
}
