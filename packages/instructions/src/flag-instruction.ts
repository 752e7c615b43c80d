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

/** Everything that can be done to a flag. */
export const FlagInstruction = z.discriminatedUnion("kind", [
  kind("turnFlagOn", {}),
  kind("turnFlagOff", {}),
  kind("addRule", { ...rule, beforeRuleId: z.string().optional() }),
  kind("removeRule", { ruleId }),
  kind("replaceRules", { rules: z.array(z.object(rule)) }),
  kind("reorderRules", { ruleIds: z.array(z.string()) }),
  kind("updateRuleVariationOrRollout", { ruleId, ...serving }),
  kind("updateRuleDescription", { ruleId, description: z.string() }),
  kind("updateRuleTrackEvents", { ruleId, trackEvents: z.boolean() }),
  kind("addClauses", { ruleId, clauses: z.array(ClauseInput) }),
  kind("removeClauses", { ruleId, clauseIds: z.array(z.string()) }),
  kind("updateClause", { ruleId, clauseId: z.string(), clause: ClauseInput }),
  kind("addValuesToClause", { ruleId, clauseId: z.string(), values: z.array(JsonValue) }),
  kind("removeValuesFromClause", { ruleId, clauseId: z.string(), values: z.array(JsonValue) }),
  kind("addTargets", target.shape),
  kind("removeTargets", target.shape),
  kind("addUserTargets", { variationId: z.string(), values }),
  kind("removeUserTargets", { variationId: z.string(), values }),
  kind("replaceTargets", { targets: z.array(target) }),
  kind("replaceUserTargets", { targets: z.array(target) }),
  kind("clearTargets", { variationId: z.string() }),
  kind("clearUserTargets", { variationId: z.string() }),
  kind("addExpiringTarget", { ...expiringTarget, value: unixMs }),
  kind("updateExpiringTarget", { ...expiringTarget, value: unixMs }),
  kind("removeExpiringTarget", expiringTarget),
  kind("addPrerequisite", prerequisite),
  kind("updatePrerequisite", prerequisite),
  kind("removePrerequisite", { key: z.string() }),
  kind("replacePrerequisites", { prerequisites: z.array(z.object(prerequisite)) }),
  kind("updateFallthroughVariationOrRollout", serving),
  kind("updateOffVariation", { variationId: z.string().optional() }),
  kind("updateTrackEvents", { trackEvents: z.boolean() }),
  kind("updateTrackEventsFallthrough", { trackEvents: z.boolean() }),
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
