import type { Reason } from "@halyard/evaluation";

/** A reason as REST shows it, which spells the rule's id in its own way. */
export function reasonRepresentation(reason: Reason) {
  if (reason.kind !== "RULE_MATCH" || reason.ruleId === undefined) return { ...reason };
  const { ruleId, ...rest } = reason;
  return { ...rest, ruleID: ruleId };
}
