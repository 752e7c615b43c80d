import type { SegmentStateRule } from "@halyard/instructions";
import { shownValue } from "../../flags/sentence/values.ts";
import type { TriedStep } from "../../flags/try-it/use-path.ts";
import type { RuleAnswer, Standing } from "./segment-impact.ts";
import { t } from "./text.ts";

/** How the context that is tried goes through a rule; undefined where none is tried. */
export function stepAt(
  rule: SegmentStateRule,
  at: number,
  standing: Standing | undefined,
): TriedStep | undefined {
  const answer = standing?.rules.find(({ ruleID }) => ruleID === rule.id);
  if (standing === undefined || answer === undefined) return undefined;
  const { reason } = standing;
  if (reason.kind === "INCLUDED" || reason.kind === "EXCLUDED") return { state: "unreached" };
  if (reason.kind === "RULE_MATCH" && at > (reason.ruleIndex ?? 0)) return { state: "unreached" };
  if (answer.isMatch) return { state: "matched", words: "" };
  return { state: "passed", words: failedInWords(answer, rule) };
}

function failedInWords({ failed }: RuleAnswer, rule: SegmentStateRule): string {
  if (failed === undefined) return rule.weight === undefined ? t("rule.noMatch") : t("rule.part");
  const { attribute, op, actual } = failed;
  if (op === "segmentMatch") return t("rule.segment");
  if (actual === undefined) return t("rule.missing", { attribute });
  return t("rule.failed", { attribute, actual: shownValue(actual) });
}
