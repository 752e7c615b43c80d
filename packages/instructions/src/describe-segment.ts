import type { SegmentInstruction } from "./segment-instruction.ts";
import { clauseSentence } from "./sentences.ts";

type Of<K extends SegmentInstruction["kind"]> = Extract<SegmentInstruction, { kind: K }>;
type Describe = { readonly [K in SegmentInstruction["kind"]]: (instruction: Of<K>) => string };

const sentences: Describe = {
  updateName: ({ value }) => `Call the segment "${value}"`,
  updateDescription: () => "Change the description",
  addTags: ({ values }) => `Add tags: ${listed(values)}`,
  removeTags: ({ values }) => `Remove tags: ${listed(values)}`,
  addIncludedUsers: ({ values }) => `Include user ${listed(values)}`,
  removeIncludedUsers: ({ values }) => `Include user ${listed(values)} no longer by name`,
  addExcludedUsers: ({ values }) => `Exclude user ${listed(values)}`,
  removeExcludedUsers: ({ values }) => `Exclude user ${listed(values)} no longer by name`,
  addIncludedTargets: ({ contextKind, values }) => `Include ${contextKind} ${listed(values)}`,
  removeIncludedTargets: ({ contextKind, values }) =>
    `Include ${contextKind} ${listed(values)} no longer by name`,
  addExcludedTargets: ({ contextKind, values }) => `Exclude ${contextKind} ${listed(values)}`,
  removeExcludedTargets: ({ contextKind, values }) =>
    `Exclude ${contextKind} ${listed(values)} no longer by name`,
  addBigSegmentIncludedTargets: ({ values }) => `Include ${members(values)}`,
  removeBigSegmentIncludedTargets: ({ values }) => `Include ${members(values)} no longer by name`,
  addBigSegmentExcludedTargets: ({ values }) => `Exclude ${members(values)}`,
  removeBigSegmentExcludedTargets: ({ values }) => `Exclude ${members(values)} no longer by name`,
  addExpiringTarget: ({ contextKind, contextKey, targetType, value }) =>
    `Let ${contextKind} ${contextKey} be ${targetType} until ${timeOf(value)}`,
  updateExpiringTarget: ({ contextKind, contextKey, targetType, value }) =>
    `Let ${contextKind} ${contextKey} be ${targetType} until ${timeOf(value)} instead`,
  removeExpiringTarget: ({ contextKind, contextKey, targetType }) =>
    `Let ${contextKind} ${contextKey} be ${targetType} without an end`,
  processBigSegmentImport: ({ importId }) => `Take in the members of the import ${importId}`,
  addRule: ({ clauses, weight }) => {
    const conditions = clauses.map((clause) =>
      clauseSentence({ ...clause, negate: clause.negate ?? false }),
    );
    const share = weight === undefined ? "" : `${weight / 1000}% of `;
    return `Add a rule: ${share}those of whom ${conditions.join(" and ") || "nothing is asked"}`;
  },
  removeRule: () => "Remove a rule",
  reorderRules: () => "Change the order of the rules",
  addClauses: ({ clauses }) => `Add ${count(clauses, "condition")} to a rule`,
  removeClauses: ({ clauseIds }) => `Remove ${count(clauseIds, "condition")} from a rule`,
  updateClause: ({ clause }) =>
    `Change a condition to ${clauseSentence({ ...clause, negate: clause.negate ?? false })}`,
  addValuesToClause: ({ values }) => `Add ${count(values, "value")} to a condition`,
  removeValuesFromClause: ({ values }) => `Remove ${count(values, "value")} from a condition`,
  updateRuleDescription: ({ description }) => `Call a rule "${description}"`,
  updateRuleRolloutAndContextKind: ({ weight, contextKind = "user" }) =>
    `Let a rule take in ${weight / 1000}% of those who match it, by ${contextKind}`,
};

/** What an instruction does to a segment, in one plain sentence. */
export function describeSegmentInstruction(instruction: SegmentInstruction): string {
  // The table's type ties each sentence to its kind; a union of all cannot be followed by the compiler.
  const describe = sentences[instruction.kind] as (instruction: SegmentInstruction) => string;
  return describe(instruction);
}

function count(list: readonly unknown[], noun: string): string {
  return `${list.length} ${noun}${list.length === 1 ? "" : "s"}`;
}

function timeOf(unixMs: number): string {
  return new Date(unixMs).toISOString();
}

/** Big segments are filled by the thousand. */
function members(values: readonly string[]): string {
  return values.length > 3 ? `${values.length} contexts` : listed(values);
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? "nobody" : values.join(", ");
}
