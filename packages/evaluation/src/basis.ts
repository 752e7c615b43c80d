import { prepared } from "./flag.ts";
import type { Flag, VariationOrRollout } from "./model.ts";
import type { Basis, Reason } from "./reason.ts";

/** What the flag's result hangs on, where it was given for this reason. */
export function basisOf(flag: Flag, reason: Reason): Basis {
  const { rollout } = servedFor(flag, reason) ?? {};
  if (rollout !== undefined && rollout !== null) return "rollout";
  return prepared(flag).constant === undefined ? "targeting" : "constant";
}

function servedFor(flag: Flag, reason: Reason): VariationOrRollout | null | undefined {
  if (reason.kind === "FALLTHROUGH") return flag.fallthrough;
  return reason.kind === "RULE_MATCH" ? flag.rules?.[reason.ruleIndex] : undefined;
}
