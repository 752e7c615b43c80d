import { environmentOf, type FlagInstruction } from "@halyard/instructions";
import type { Access } from "../access/route-access.ts";

type Scope = "environment" | "flag";

/** What policies call an instruction, and whether it concerns one environment or the whole flag. */
const actionOf: Readonly<Record<FlagInstruction["kind"], readonly [action: string, scope: Scope]>> =
  {
    turnFlagOn: ["updateOn", "environment"],
    turnFlagOff: ["updateOn", "environment"],
    addRule: ["updateRules", "environment"],
    removeRule: ["updateRules", "environment"],
    replaceRules: ["updateRules", "environment"],
    reorderRules: ["updateRules", "environment"],
    updateRuleVariationOrRollout: ["updateRules", "environment"],
    updateRuleDescription: ["updateFlagRuleDescription", "environment"],
    updateRuleTrackEvents: ["updateTrackEvents", "environment"],
    addClauses: ["updateRules", "environment"],
    removeClauses: ["updateRules", "environment"],
    updateClause: ["updateRules", "environment"],
    addValuesToClause: ["updateRules", "environment"],
    removeValuesFromClause: ["updateRules", "environment"],
    addTargets: ["updateTargets", "environment"],
    removeTargets: ["updateTargets", "environment"],
    addUserTargets: ["updateTargets", "environment"],
    removeUserTargets: ["updateTargets", "environment"],
    replaceTargets: ["updateTargets", "environment"],
    replaceUserTargets: ["updateTargets", "environment"],
    clearTargets: ["updateTargets", "environment"],
    clearUserTargets: ["updateTargets", "environment"],
    addExpiringTarget: ["updateExpiringTargets", "environment"],
    updateExpiringTarget: ["updateExpiringTargets", "environment"],
    removeExpiringTarget: ["updateExpiringTargets", "environment"],
    addPrerequisite: ["updatePrerequisites", "environment"],
    updatePrerequisite: ["updatePrerequisites", "environment"],
    removePrerequisite: ["updatePrerequisites", "environment"],
    replacePrerequisites: ["updatePrerequisites", "environment"],
    updateFallthroughVariationOrRollout: ["updateFallthrough", "environment"],
    updateOffVariation: ["updateOffVariation", "environment"],
    updateTrackEvents: ["updateTrackEvents", "environment"],
    updateTrackEventsFallthrough: ["updateTrackEvents", "environment"],
    updateSalt: ["updateSel", "environment"],
    updateFlagConfigMigrationSettings: ["updateFlagConfigMigrationSettings", "environment"],
    addVariation: ["updateFlagVariations", "flag"],
    removeVariation: ["updateFlagVariations", "flag"],
    updateVariation: ["updateFlagVariations", "flag"],
    updateDefaultVariation: ["updateFlagDefaultVariations", "flag"],
    updateName: ["updateName", "flag"],
    updateDescription: ["updateDescription", "flag"],
    addTags: ["updateTags", "flag"],
    removeTags: ["updateTags", "flag"],
    makeFlagTemporary: ["updateTemporary", "flag"],
    makeFlagPermanent: ["updateTemporary", "flag"],
    turnOnClientSideAvailability: ["updateClientSideFlagAvailability", "flag"],
    turnOffClientSideAvailability: ["updateClientSideFlagAvailability", "flag"],
    updateMaintainerMember: ["updateMaintainer", "flag"],
    updateMaintainerTeam: ["updateMaintainer", "flag"],
    removeMaintainer: ["updateMaintainer", "flag"],
    addCustomProperties: ["updateFlagCustomProperties", "flag"],
    removeCustomProperties: ["updateFlagCustomProperties", "flag"],
    replaceCustomProperties: ["updateFlagCustomProperties", "flag"],
    archiveFlag: ["updateGlobalArchived", "flag"],
    restoreFlag: ["updateGlobalArchived", "flag"],
    deprecateFlag: ["updateDeprecated", "flag"],
    restoreDeprecatedFlag: ["updateDeprecated", "flag"],
  };

/** What policies call an instruction of that kind; undefined where it is none of a flag's. */
export function actionOfFlagInstruction(kind: string): string | undefined {
  return Object.entries(actionOf).find(([known]) => known === kind)?.[1][0];
}

export interface FlagPlace {
  readonly projectKey: string;
  readonly flagKey: string;
  readonly environmentKey: string | undefined;
}

/** Ends a change of which any instruction is not permitted. */
export async function requireInstructions(
  access: Access,
  { projectKey, flagKey, environmentKey = "*" }: FlagPlace,
  instructions: readonly FlagInstruction[],
): Promise<void> {
  for (const instruction of instructions) {
    const [action, scope] = actionOf[instruction.kind];
    const named = environmentOf(instruction) ?? environmentKey;
    const environment = scope === "environment" ? named : "*";
    await access.require(action, ["proj", projectKey], ["env", environment], ["flag", flagKey]);
  }
}
