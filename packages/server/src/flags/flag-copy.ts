import {
  configurationIn,
  differenceOfFlags,
  type FlagConfiguration,
  type FlagState,
  withLiveTargets,
} from "@halyard/instructions";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import type { FlagPatch } from "./flag-changes.ts";
import type { FlagRepresentation } from "./flag-representation.ts";

/** What of a configuration each action copies. */
const membersOf = {
  updateOn: ["on"],
  updateRules: ["rules"],
  updateFallthrough: ["fallthrough"],
  updateOffVariation: ["offVariationId"],
  updatePrerequisites: ["prerequisites"],
  updateTargets: ["targets"],
  updateFlagConfigMigrationSettings: ["checkRatio"],
} as const satisfies Record<string, readonly (keyof FlagConfiguration)[]>;
type CopyAction = keyof typeof membersOf;

const actions = Object.keys(membersOf) as [CopyAction, ...CopyAction[]]; // Its own keys.
/** Which parts of a configuration are copied, called as policies call changing them. */
export const CopyActions = z.array(z.enum(actions)).optional();
const End = z.object({
  key: z.string(),
  currentVersion: z
    .int()
    .optional()
    .describe(
      "The version that the environment shows; where it is another one, nothing is copied.",
    ),
});

export const FlagCopyBody = z
  .object({
    source: End,
    target: End,
    comment: z.string().optional(),
    includedActions: CopyActions.describe("What to copy; everything unless told."),
    excludedActions: CopyActions.describe("What not to copy."),
  })
  .meta({ examples: [{ source: { key: "test" }, target: { key: "production" } }] });
type FlagCopyBody = z.infer<typeof FlagCopyBody>;

/** The change that brings what one environment has of a flag to another. */
export function copyOf(flag: FlagState, body: FlagCopyBody): FlagPatch {
  const source = configurationAt(flag, body.source.key);
  const target = configurationAt(flag, body.target.key);
  const members: readonly string[] = actionsOf(body).flatMap((action) => membersOf[action]);
  const copied = Object.fromEntries(
    Object.entries(source).filter(([member]) => members.includes(member)),
  );
  const kept = Object.fromEntries(
    Object.entries(target).filter(([member]) => !members.includes(member)),
  );
  // Both are configurations, and each member comes from one of them.
  const configuration = withLiveTargets({ ...kept, ...copied } as unknown as FlagConfiguration);
  const environments = { ...flag.environments, [body.target.key]: configuration };
  return {
    instructions: differenceOfFlags(flag, { ...flag, environments }, body.target.key),
    environmentKey: body.target.key,
    comment: body.comment,
  };
}

/** Ends a copy of which one end is not what the one who asks has seen. */
export function refuseOtherVersions(
  { environments }: FlagRepresentation,
  { source, target }: FlagCopyBody,
): void {
  for (const { key, currentVersion } of [source, target]) {
    const version = environments[key]?.version;
    if (currentVersion === undefined || currentVersion === version) continue;
    throw new DomainError(
      "optimistic_locking_error",
      `the flag has version ${version} in "${key}" by now, not ${currentVersion}; read it again and decide anew`,
    );
  }
}

function actionsOf({ includedActions, excludedActions }: FlagCopyBody): readonly CopyAction[] {
  if (includedActions !== undefined && excludedActions !== undefined) {
    throw new DomainError("invalid_request", "give includedActions or excludedActions, not both");
  }
  return includedActions ?? actions.filter((action) => excludedActions?.includes(action) !== true);
}

function configurationAt(flag: FlagState, environmentKey: string): FlagConfiguration {
  const configuration = configurationIn(flag, environmentKey);
  if (configuration !== undefined) return configuration;
  throw new DomainError(
    "invalid_request",
    `there is no environment "${environmentKey}"; check the spelling`,
  );
}
