import type { InstructionOf } from "./flag-instruction.ts";
import type { InstructionContext } from "./outcome.ts";
import type { FlagConfiguration, FlagState } from "./state.ts";

/** What an instruction about one environment works on. */
export interface Targeting {
  readonly flag: FlagState;
  readonly configuration: FlagConfiguration;
  readonly context: InstructionContext<FlagState>;
}

export type TargetingKind =
  | "turnFlagOn"
  | "turnFlagOff"
  | "addRule"
  | "removeRule"
  | "replaceRules"
  | "reorderRules"
  | "updateRuleVariationOrRollout"
  | "updateRuleDescription"
  | "updateRuleTrackEvents"
  | "addClauses"
  | "removeClauses"
  | "updateClause"
  | "addValuesToClause"
  | "removeValuesFromClause"
  | "addTargets"
  | "removeTargets"
  | "addUserTargets"
  | "removeUserTargets"
  | "replaceTargets"
  | "replaceUserTargets"
  | "clearTargets"
  | "clearUserTargets"
  | "addExpiringTarget"
  | "updateExpiringTarget"
  | "removeExpiringTarget"
  | "addPrerequisite"
  | "updatePrerequisite"
  | "removePrerequisite"
  | "replacePrerequisites"
  | "updateFallthroughVariationOrRollout"
  | "updateOffVariation"
  | "updateTrackEvents"
  | "updateTrackEventsFallthrough"
  | "updateSalt"
  | "updateFlagConfigMigrationSettings";

/** The members of the configuration that each instruction of some kinds changes. */
export type TargetingHandlers<Kind extends TargetingKind> = {
  readonly [K in Kind]: (
    at: Targeting,
    instruction: InstructionOf<K>,
  ) => Partial<FlagConfiguration> | FlagConfiguration;
};
