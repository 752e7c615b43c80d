import type { SegmentInstruction } from "@halyard/instructions";
import type { Access } from "../access/route-access.ts";

/** What policies call an instruction. */
const actionsOf: Readonly<Record<SegmentInstruction["kind"], string | readonly string[]>> = {
  updateName: "updateName",
  updateDescription: "updateDescription",
  addTags: "updateTags",
  removeTags: "updateTags",
  addIncludedTargets: "updateIncluded",
  removeIncludedTargets: "updateIncluded",
  addExcludedTargets: "updateExcluded",
  removeExcludedTargets: "updateExcluded",
  addIncludedUsers: "updateIncluded",
  removeIncludedUsers: "updateIncluded",
  addExcludedUsers: "updateExcluded",
  removeExcludedUsers: "updateExcluded",
  addRule: "updateRules",
  removeRule: "updateRules",
  reorderRules: "updateRules",
  addClauses: "updateRules",
  removeClauses: "updateRules",
  updateClause: "updateRules",
  addValuesToClause: "updateRules",
  removeValuesFromClause: "updateRules",
  updateRuleDescription: "updateRules",
  updateRuleRolloutAndContextKind: "updateRules",
  addBigSegmentIncludedTargets: "updateIncluded",
  removeBigSegmentIncludedTargets: "updateIncluded",
  addBigSegmentExcludedTargets: "updateExcluded",
  removeBigSegmentExcludedTargets: "updateExcluded",
  processBigSegmentImport: ["updateIncluded", "updateExcluded"],
  addExpiringTarget: "updateExpiringTargets",
  updateExpiringTarget: "updateExpiringTargets",
  removeExpiringTarget: "updateExpiringTargets",
};

/** What policies call an instruction of that kind; undefined where it is none of a segment's. */
export function actionOfSegmentInstruction(kind: string): string | undefined {
  return [Object.entries(actionsOf).find(([known]) => known === kind)?.[1]].flat()[0];
}

export interface SegmentPlace {
  readonly projectKey: string;
  readonly environmentKey: string;
  readonly segmentKey: string;
}

/** Ends a change of which any instruction is not permitted. */
export async function requireInstructions(
  access: Access,
  { projectKey, environmentKey, segmentKey }: SegmentPlace,
  instructions: readonly SegmentInstruction[],
): Promise<void> {
  const actions = new Set(instructions.flatMap(({ kind }) => actionsOf[kind]));
  for (const action of actions) {
    await access.require(
      action,
      ["proj", projectKey],
      ["env", environmentKey],
      ["segment", segmentKey],
    );
  }
}
