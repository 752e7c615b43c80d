import type { ExplanationStep } from "@halyard/evaluation";
import type { FlagConfig } from "../api/representations.ts";
import { formatShare } from "../text/format.ts";
import type { FlagEvaluation } from "./context-representation.ts";
import { shownJson } from "./individual.ts";
import { t } from "./text.ts";

/** A step of an evaluation in words. */
export function stepInWords(step: ExplanationStep): string {
  switch (step.kind) {
    case "on":
      return step.on ? t("context.step.on") : t("context.step.off");
    case "prerequisite":
      return step.isMet
        ? t("context.step.prerequisite.met", { flag: step.key })
        : t("context.step.prerequisite.failed", { flag: step.key });
    case "targets":
      return step.isMatch ? t("context.step.targets.match") : t("context.step.targets.none");
    case "rule":
      return ruleInWords(step);
    case "fallthrough":
      return t("context.step.fallthrough");
    case "bucket":
      return t("context.step.bucket", {
        place: share(step.place),
        from: share(step.from),
        to: share(step.to),
      });
    default:
      return step satisfies never;
  }
}

/** Whether the step is one that led to the answer, and not one that was passed. */
export function isOnPath(step: ExplanationStep): boolean {
  if (step.kind === "rule" || step.kind === "targets") return step.isMatch;
  return step.kind === "fallthrough" || step.kind === "bucket" || (step.kind === "on" && !step.on);
}

function ruleInWords(step: Extract<ExplanationStep, { kind: "rule" }>): string {
  const at = step.index + 1;
  if (step.isMatch) return t("context.step.rule.match", { at });
  const { failed } = step;
  if (failed === undefined) return t("context.step.rule.none", { at });
  if (failed.op === "segmentMatch") return t("context.step.rule.segment", { at });
  const { attribute, actual } = failed;
  if (actual === undefined) return t("context.step.rule.missing", { at, attribute });
  return t("context.step.rule.actual", { at, attribute, actual: shownJson(actual) });
}

function share(value: number): string {
  return formatShare(Math.round(value * 1_000) / 1_000);
}

const reasons = ["OFF", "TARGET_MATCH", "FALLTHROUGH", "PREREQUISITE_FAILED", "ERROR"] as const;

/** Why a context gets what it gets, in a few words; a rule is named by its title, where it has one. */
export function reasonInWords(
  { reason }: Pick<FlagEvaluation, "reason">,
  config: FlagConfig | undefined,
): string {
  if (reason.kind === "RULE_MATCH") {
    const index = reason.ruleIndex ?? 0;
    const title = config?.rules?.[index]?.description ?? "";
    if (title === "") return t("context.reason.RULE_MATCH", { at: index + 1 });
    return t("context.reason.rule", { at: index + 1, title });
  }
  const known = reasons.find((one) => one === reason.kind);
  return known === undefined ? reason.kind : t(`context.reason.${known}`);
}
