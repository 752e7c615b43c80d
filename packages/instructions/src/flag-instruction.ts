import type { Json } from "@halyard/evaluation";
import { z } from "zod";

const JsonValue: z.ZodType<Json> = z.json();

export const ClauseInput = z.object({
  _id: z.string().optional(),
  contextKind: z.string().optional(),
  attribute: z.string(),
  op: z.string(),
  negate: z.boolean().optional(),
  values: z.array(JsonValue),
});
export type ClauseInput = z.infer<typeof ClauseInput>;

/** What a rule or the fallthrough serves: one variation, or a split by weights. */
const serving = {
  variationId: z.string().optional(),
  rolloutWeights: z.record(z.string(), z.int().min(0).max(100_000)).optional(),
  rolloutBucketBy: z.string().optional(),
  rolloutContextKind: z.string().optional(),
  rolloutSeed: z.int().optional(),
  experimentUntracked: z.array(z.string()).optional(),
};

const rule = {
  ruleId: z.string().optional(),
  ref: z.string().optional(),
  description: z.string().optional(),
  clauses: z.array(ClauseInput),
  trackEvents: z.boolean().optional(),
  ...serving,
};

const target = z.object({
  variationId: z.string(),
  values: z.array(z.string()),
  contextKind: z.string().optional(),
});

const expiringTarget = {
  contextKey: z.string(),
  contextKind: z.string().optional(),
  variationId: z.string(),
};
const unixMs = z.int().min(0);
const prerequisite = { key: z.string(), variationId: z.string() };
const ruleId = z.string();
const values = z.array(z.string());

const kind = <K extends string, S extends z.ZodRawShape>(name: K, shape: S) =>
  z.object({ kind: z.literal(name), ...shape });
/** What is about one environment: the one it names, or else the one that all of a patch are for. */
const targeting = <K extends string, S extends z.ZodRawShape>(name: K, shape: S) =>
  kind(name, { environmentKey: z.string().optional(), ...shape });

/** Everything that can be done to a flag. */
export const FlagInstruction = z.discriminatedUnion("kind", [
  targeting("turnFlagOn", {}),
  targeting("turnFlagOff", {}),
  targeting("addRule", { ...rule, beforeRuleId: z.string().optional() }),
  targeting("removeRule", { ruleId }),
  targeting("replaceRules", { rules: z.array(z.object(rule)) }),
  targeting("reorderRules", { ruleIds: z.array(z.string()) }),
  targeting("updateRuleVariationOrRollout", { ruleId, ...serving }),
  targeting("updateRuleDescription", { ruleId, description: z.string() }),
  targeting("updateRuleTrackEvents", { ruleId, trackEvents: z.boolean() }),
  targeting("addClauses", { ruleId, clauses: z.array(ClauseInput) }),
  targeting("removeClauses", { ruleId, clauseIds: z.array(z.string()) }),
  targeting("updateClause", { ruleId, clauseId: z.string(), clause: ClauseInput }),
  targeting("addValuesToClause", { ruleId, clauseId: z.string(), values: z.array(JsonValue) }),
  targeting("removeValuesFromClause", { ruleId, clauseId: z.string(), values: z.array(JsonValue) }),
  targeting("addTargets", target.shape),
  targeting("removeTargets", target.shape),
  targeting("addUserTargets", { variationId: z.string(), values }),
  targeting("removeUserTargets", { variationId: z.string(), values }),
  targeting("replaceTargets", { targets: z.array(target) }),
  targeting("replaceUserTargets", { targets: z.array(target) }),
  targeting("clearTargets", { variationId: z.string() }),
  targeting("clearUserTargets", { variationId: z.string() }),
  targeting("addExpiringTarget", { ...expiringTarget, value: unixMs }),
  targeting("updateExpiringTarget", { ...expiringTarget, value: unixMs }),
  targeting("removeExpiringTarget", expiringTarget),
  targeting("addPrerequisite", prerequisite),
  targeting("updatePrerequisite", prerequisite),
  targeting("removePrerequisite", { key: z.string() }),
  targeting("replacePrerequisites", { prerequisites: z.array(z.object(prerequisite)) }),
  targeting("updateFallthroughVariationOrRollout", serving),
  targeting("updateOffVariation", { variationId: z.string().optional() }),
  targeting("updateTrackEvents", { trackEvents: z.boolean() }),
  targeting("updateTrackEventsFallthrough", { trackEvents: z.boolean() }),
  targeting("updateSalt", { value: z.string().min(1) }),
  targeting("updateFlagConfigMigrationSettings", { checkRatio: z.int().min(1) }),
  kind("addVariation", {
    _id: z.string().optional(),
    value: JsonValue,
    name: z.string().optional(),
    description: z.string().optional(),
  }),
  kind("removeVariation", { variationId: z.string() }),
  kind("updateVariation", {
    variationId: z.string(),
    value: JsonValue.optional(),
    name: z.string().optional(),
    description: z.string().optional(),
  }),
  kind("updateDefaultVariation", {
    onVariationValue: JsonValue.optional(),
    offVariationValue: JsonValue.optional(),
  }),
  kind("updateName", { value: z.string().min(1) }),
  kind("updateDescription", { value: z.string() }),
  kind("addTags", { values }),
  kind("removeTags", { values }),
  kind("makeFlagTemporary", {}),
  kind("makeFlagPermanent", {}),
  kind("turnOnClientSideAvailability", { value: z.enum(["usingMobileKey", "usingEnvironmentId"]) }),
  kind("turnOffClientSideAvailability", {
    value: z.enum(["usingMobileKey", "usingEnvironmentId"]),
  }),
  kind("updateMaintainerMember", { value: z.string() }),
  kind("updateMaintainerTeam", { value: z.string() }),
  kind("removeMaintainer", {}),
  kind("addCustomProperties", { key: z.string(), name: z.string(), values }),
  kind("removeCustomProperties", { key: z.string(), values }),
  kind("replaceCustomProperties", { key: z.string(), name: z.string(), values }),
  kind("archiveFlag", {}),
  kind("restoreFlag", {}),
  kind("deprecateFlag", {}),
  kind("restoreDeprecatedFlag", {}),
]);
export type FlagInstruction = z.infer<typeof FlagInstruction>;
export type InstructionOf<K extends FlagInstruction["kind"]> = Extract<
  FlagInstruction,
  { kind: K }
>;
