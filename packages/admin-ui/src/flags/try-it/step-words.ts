import type { ExplanationStep, FailedClause } from "@halyard/evaluation";
import { clauseSentence, type FlagConfiguration, type RuleClause } from "@halyard/instructions";
import { t } from "./text.ts";

type RuleStep = Extract<ExplanationStep, { kind: "rule" }>;

/** What a context is told by where it goes: the rules, and how variations are called. */
interface Told {
  readonly configuration: FlagConfiguration;
  readonly nameOf: (variation: number) => string;
}

/** One step of an evaluation, in words. */
export function stepInWords(step: ExplanationStep, told: Told): string {
  switch (step.kind) {
    case "on":
      return step.on ? t("step.on") : t("step.off");
    case "prerequisite":
      return step.isMet
        ? t("step.prerequisite.met", { key: step.key })
        : t("step.prerequisite.failed", { key: step.key });
    case "targets":
      return step.isMatch ? t("step.targets.match") : t("step.targets.none");
    case "rule":
      return ruleInWords(step, told.configuration);
    case "fallthrough":
      return t("step.fallthrough");
    case "bucket": {
      const [place, from, to] = [step.place, step.from, step.to].map(percent);
      const name = told.nameOf(step.variation);
      return t("step.bucket", { place: place ?? "", from: from ?? "", to: to ?? "", name });
    }
    default:
      return step satisfies never;
  }
}

function ruleInWords(step: RuleStep, { rules }: FlagConfiguration): string {
  const rule = step.index + 1;
  const clauses = rules[step.index]?.clauses ?? [];
  if (step.isMatch) {
    const words = clauses.map((one) => clauseSentence(one)).join(", ");
    return words === ""
      ? t("step.rule.match", { rule })
      : t("step.rule.match.words", { rule, words });
  }
  const { failed } = step;
  if (failed === undefined) return t("step.rule.failed", { rule });
  const words = actualInWords(failed, clauses[failed.index]);
  return t("step.rule.failed.words", { rule, words });
}

/** What the context has where a condition asked: `plan is "free"`. */
export function actualInWords(failed: FailedClause, clause: RuleClause | undefined): string {
  const { attribute, op, actual } = failed;
  if (op === "segmentMatch") {
    const segment = clause?.values.join(", ") ?? "";
    return clause?.negate === true
      ? t("actual.inSegment", { segment })
      : t("actual.notInSegment", { segment });
  }
  if (actual === undefined) return t("actual.none", { attribute });
  return t("actual.is", { attribute, actual: JSON.stringify(actual) });
}

/** A share from 0 to 1, to a tenth of a percent where that is exact enough. */
function percent(share: number): string {
  return String(Math.round(share * 1_000) / 10);
}
