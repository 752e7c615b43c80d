import { applyFlagInstructions, environmentOf } from "./apply-flag.ts";
import type { FlagInstruction, InstructionOf } from "./flag-instruction.ts";
import { isInstructionError } from "./outcome.ts";
import { clauseSentence, listed, serveSentence, variationName } from "./sentences.ts";
import type { FlagState } from "./state.ts";

type Serving = Omit<InstructionOf<"updateFallthroughVariationOrRollout">, "kind">;

type Describe = {
  readonly [K in FlagInstruction["kind"]]: (
    instruction: InstructionOf<K>,
    flag: FlagState,
  ) => string;
};

const sentences: Describe = {
  turnFlagOn: () => "Turn the flag on",
  turnFlagOff: () => "Turn the flag off",
  addRule: (instruction, flag) => {
    const conditions = instruction.clauses.map((clause) =>
      clauseSentence({ ...clause, negate: clause.negate ?? false }),
    );
    return `Add a rule: if ${conditions.join(" and ") || "anyone comes here"}, the context ${served(instruction, flag)}`;
  },
  removeRule: () => "Remove a rule",
  replaceRules: ({ rules }) =>
    rules.length === 0 ? "Remove all rules" : `Replace all rules by ${count(rules, "rule")}`,
  reorderRules: () => "Change the order of the rules",
  updateRuleVariationOrRollout: (instruction, flag) =>
    `Change a rule: who matches ${served(instruction, flag)}`,
  updateRuleDescription: ({ description }) => `Call a rule "${description}"`,
  updateRuleTrackEvents: ({ trackEvents }) =>
    trackEvents ? "Track who matches a rule" : "Track who matches a rule no longer",
  addClauses: ({ clauses }) => `Add ${count(clauses, "condition")} to a rule`,
  removeClauses: ({ clauseIds }) => `Remove ${count(clauseIds, "condition")} from a rule`,
  updateClause: ({ clause }) =>
    `Change a condition to ${clauseSentence({ ...clause, negate: clause.negate ?? false })}`,
  addValuesToClause: ({ values }) => `Add ${count(values, "value")} to a condition`,
  removeValuesFromClause: ({ values }) => `Remove ${count(values, "value")} from a condition`,
  addTargets: ({ values, contextKind = "user", variationId }, flag) =>
    `Give ${contextKind} ${named(values)} ${variationName(variationId, flag)}`,
  removeTargets: ({ values, contextKind = "user", variationId }, flag) =>
    `Take ${contextKind} ${named(values)} off the targets of ${variationName(variationId, flag)}`,
  addUserTargets: ({ values, variationId }, flag) =>
    `Give user ${named(values)} ${variationName(variationId, flag)}`,
  removeUserTargets: ({ values, variationId }, flag) =>
    `Take user ${named(values)} off the targets of ${variationName(variationId, flag)}`,
  replaceTargets: ({ targets }) => `Replace all targets by ${count(keysOf(targets), "context")}`,
  replaceUserTargets: ({ targets }) =>
    `Replace all targets that are users by ${count(keysOf(targets), "user")}`,
  clearTargets: ({ variationId }, flag) =>
    `Take everyone off the targets of ${variationName(variationId, flag)}`,
  clearUserTargets: ({ variationId }, flag) =>
    `Take every user off the targets of ${variationName(variationId, flag)}`,
  addExpiringTarget: ({ contextKind = "user", contextKey, value }) =>
    `Take ${contextKind} ${contextKey} off the targets on ${inUtc(value)}`,
  updateExpiringTarget: ({ contextKind = "user", contextKey, value }) =>
    `Take ${contextKind} ${contextKey} off the targets on ${inUtc(value)} instead`,
  removeExpiringTarget: ({ contextKind = "user", contextKey }) =>
    `Keep ${contextKind} ${contextKey} as a target without an end`,
  addPrerequisite: ({ key }) => `Require the flag ${key}`,
  updatePrerequisite: ({ key }) => `Require another variation of the flag ${key}`,
  removePrerequisite: ({ key }) => `Require the flag ${key} no longer`,
  replacePrerequisites: ({ prerequisites }) => `Require ${count(prerequisites, "flag")}`,
  updateFallthroughVariationOrRollout: (instruction, flag) =>
    `Change the default: everyone else ${served(instruction, flag)}`,
  updateOffVariation: ({ variationId }, flag) =>
    variationId === undefined
      ? "Serve the code's own fallback when off"
      : `Serve ${variationName(variationId, flag)} when off`,
  updateTrackEvents: ({ trackEvents }) =>
    trackEvents ? "Track every evaluation" : "Track every evaluation no longer",
  updateTrackEventsFallthrough: ({ trackEvents }) =>
    trackEvents ? "Track who gets the default" : "Track who gets the default no longer",
  updateSalt: () => "Deal everyone anew into the splits, by another salt",
  updateFlagConfigMigrationSettings: ({ checkRatio }) =>
    checkRatio === 1
      ? "Compare the two systems of the migration every time"
      : `Compare the two systems of the migration once in ${checkRatio} times`,
  addVariation: ({ value }) => `Add the variation ${JSON.stringify(value)}`,
  removeVariation: ({ variationId }, flag) =>
    `Remove the variation ${variationName(variationId, flag)}`,
  updateVariation: ({ variationId }, flag) =>
    `Change the variation ${variationName(variationId, flag)}`,
  updateDefaultVariation: ({ onVariationValue, offVariationValue }) => {
    const parts = [
      ...(onVariationValue === undefined ? [] : [`on with ${JSON.stringify(onVariationValue)}`]),
      ...(offVariationValue === undefined ? [] : [`off with ${JSON.stringify(offVariationValue)}`]),
    ];
    return `Let new environments begin ${parts.join(" and ") || "as they do"}`;
  },
  updateName: ({ value }) => `Call the flag "${value}"`,
  updateDescription: () => "Change the description",
  addTags: ({ values }) => `Add ${count(values, "tag")}: ${values.join(", ")}`,
  removeTags: ({ values }) => `Remove ${count(values, "tag")}: ${values.join(", ")}`,
  makeFlagTemporary: () => "Call the flag temporary",
  makeFlagPermanent: () => "Call the flag permanent",
  turnOnClientSideAvailability: ({ value }) => `Serve the flag to ${readersOf[value]}`,
  turnOffClientSideAvailability: ({ value }) => `Serve the flag to ${readersOf[value]} no longer`,
  updateMaintainerMember: ({ value }) => `Make the member ${value} the maintainer`,
  updateMaintainerTeam: ({ value }) => `Make the team ${value} the maintainer`,
  removeMaintainer: () => "Leave the flag without a maintainer",
  addCustomProperties: ({ name, values }) => `Add to the property ${name}: ${values.join(", ")}`,
  removeCustomProperties: ({ key, values }) =>
    `Take off the property ${key}: ${values.join(", ") || "nothing"}`,
  replaceCustomProperties: ({ key, name, values }) =>
    values.length === 0
      ? `Take the property ${key} away`
      : `Set the property ${name}: ${values.join(", ")}`,
  deprecateFlag: () => "Call the flag deprecated",
  restoreDeprecatedFlag: () => "Call the flag deprecated no longer",
  archiveFlag: () => "Archive the flag",
  restoreFlag: () => "Restore the flag from the archive",
};

const readersOf = {
  usingMobileKey: "mobile apps",
  usingEnvironmentId: "browsers",
} as const;

/** What an instruction does, in one plain sentence. */
export function describeFlagInstruction(instruction: FlagInstruction, before: FlagState): string {
  // The table's type ties each sentence to its kind; a union of all cannot be followed by the compiler.
  const describe = sentences[instruction.kind] as (
    instruction: FlagInstruction,
    flag: FlagState,
  ) => string;
  const environment = environmentOf(instruction);
  return describe(instruction, before) + (environment === undefined ? "" : `, in ${environment}`);
}

/** `makeFlagPermanent` as `Make flag permanent`. */
export function inWords(kind: string): string {
  const words = kind.replaceAll(/(?<=[a-z])[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function served(
  { variationId, rolloutWeights = {}, rolloutBucketBy, rolloutContextKind }: Serving,
  flag: FlagState,
): string {
  if (variationId !== undefined) return serveSentence({ variationId }, flag);
  const weights = Object.entries(rolloutWeights).map(([id, weight]) => ({
    variationId: id,
    weight,
  }));
  const split = {
    weights,
    ...(rolloutBucketBy === undefined ? {} : { bucketBy: rolloutBucketBy }),
    ...(rolloutContextKind === undefined ? {} : { contextKind: rolloutContextKind }),
  };
  return serveSentence({ rollout: split }, flag);
}

/** `2026-11-24 05:00 UTC`. */
function inUtc(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return `${ms} ms`;
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function keysOf(targets: readonly { readonly values: readonly string[] }[]): readonly string[] {
  return targets.flatMap(({ values }) => values);
}

/** Thousands are pasted at once: the first ones are named, and the rest counted. */
function named(keys: readonly string[]): string {
  return keys.length === 0 ? "nobody" : listed(keys);
}

function count(list: readonly unknown[], noun: string): string {
  return `${list.length} ${noun}${list.length === 1 ? "" : "s"}`;
}

/** The sentences of several instructions, each said of the flag as the ones before leave it. */
export function describeFlagInstructions(
  instructions: readonly FlagInstruction[],
  before: FlagState,
  environmentKey: string | undefined,
): string[] {
  let flag = before;
  return instructions.map((instruction, index) => {
    const sentence = describeFlagInstruction(instruction, flag);
    const context = {
      newId: () => `new-${index}`,
      ...(environmentKey === undefined ? {} : { environmentKey }),
    };
    const next = applyFlagInstructions(flag, [instruction], context);
    if (!isInstructionError(next)) flag = next;
    return sentence;
  });
}
