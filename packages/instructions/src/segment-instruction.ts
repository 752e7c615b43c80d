import type { Json } from "@halyard/evaluation";
import { z } from "zod";
import { ClauseInput } from "./flag-instruction.ts";

const JsonValue: z.ZodType<Json> = z.json();
const values = z.array(z.string());
const ruleId = z.string();
const kind = <K extends string, S extends z.ZodRawShape>(name: K, shape: S) =>
  z.object({ kind: z.literal(name), ...shape });

const rule = {
  ruleId: z.string().optional(),
  clauses: z.array(ClauseInput),
  description: z.string().optional(),
  weight: z.int().min(0).max(100_000).optional(),
  bucketBy: z.string().optional(),
  rolloutContextKind: z.string().optional(),
};
const contexts = { contextKind: z.string(), values };
const expiring = {
  contextKind: z.string(),
  contextKey: z.string(),
  targetType: z.enum(["included", "excluded"]),
};
const expiry = { ...expiring, value: z.int().min(0) };

/** Everything that can be done to a segment. */
export const SegmentInstruction = z.discriminatedUnion("kind", [
  kind("updateName", { value: z.string().min(1) }),
  kind("updateDescription", { value: z.string() }),
  kind("addTags", { values }),
  kind("removeTags", { values }),
  kind("addIncludedTargets", contexts),
  kind("removeIncludedTargets", contexts),
  kind("addExcludedTargets", contexts),
  kind("removeExcludedTargets", contexts),
  kind("addIncludedUsers", { values }),
  kind("removeIncludedUsers", { values }),
  kind("addExcludedUsers", { values }),
  kind("removeExcludedUsers", { values }),
  kind("addRule", rule),
  kind("removeRule", { ruleId }),
  kind("reorderRules", { ruleIds: z.array(z.string()) }),
  kind("addClauses", { ruleId, clauses: z.array(ClauseInput) }),
  kind("removeClauses", { ruleId, clauseIds: z.array(z.string()) }),
  kind("updateClause", { ruleId, clauseId: z.string(), clause: ClauseInput }),
  kind("addValuesToClause", { ruleId, clauseId: z.string(), values: z.array(JsonValue) }),
  kind("removeValuesFromClause", { ruleId, clauseId: z.string(), values: z.array(JsonValue) }),
  kind("updateRuleDescription", { ruleId, description: z.string() }),
  kind("updateRuleRolloutAndContextKind", {
    ruleId,
    weight: z.int().min(0).max(100_000),
    contextKind: z.string().optional(),
  }),
  kind("addBigSegmentIncludedTargets", { values }),
  kind("removeBigSegmentIncludedTargets", { values }),
  kind("addBigSegmentExcludedTargets", { values }),
  kind("removeBigSegmentExcludedTargets", { values }),
  kind("processBigSegmentImport", { importId: z.string() }),
  kind("addExpiringTarget", expiry),
  kind("updateExpiringTarget", expiry),
  kind("removeExpiringTarget", expiring),
]);
export type SegmentInstruction = z.infer<typeof SegmentInstruction>;
