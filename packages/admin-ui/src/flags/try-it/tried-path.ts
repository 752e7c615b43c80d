import type { Explanation, ExplanationStep } from "@halyard/evaluation";
import type { FlagConfiguration } from "@halyard/instructions";
import { actualInWords } from "./step-words.ts";
import { t } from "./text.ts";
import type { TriedPath, TriedPlace, TriedStep } from "./use-path.ts";

const unreached: TriedStep = { state: "unreached" };

/** The way of a context, laid over the parts of the flag. */
export function pathOf(
  { steps }: Explanation,
  configuration: FlagConfiguration,
  name: string,
): TriedPath {
  const place = placeIn(steps, name);
  const isFailed = steps.some((step) => step.kind === "prerequisite" && !step.isMet);
  const isOff = steps.some((step) => step.kind === "on" && !step.on);
  const targets = steps.find((step) => step.kind === "targets");
  return {
    off: isOff || isFailed ? matched() : unreached,
    prerequisites: new Map(
      steps.flatMap((step) =>
        step.kind === "prerequisite" ? [[step.key, step.isMet ? matched() : passed()]] : [],
      ),
    ),
    targets: targets === undefined ? unreached : targets.isMatch ? matched() : passed(),
    rules: new Map(
      configuration.rules.map(({ id, clauses }, index) => {
        const step = steps.find((one) => one.kind === "rule" && one.index === index);
        if (step?.kind !== "rule") return [id, unreached];
        if (step.isMatch) return [id, matched(place)];
        const { failed } = step;
        if (failed === undefined) return [id, passed()];
        const words = t("mark.noMatch", { words: actualInWords(failed, clauses[failed.index]) });
        return [id, { state: "passed", failed, words }];
      }),
    ),
    fallthrough: steps.some(({ kind }) => kind === "fallthrough") ? matched(place) : unreached,
  };
}

function matched(place?: TriedPlace): TriedStep {
  const where = place === undefined ? {} : { place };
  return { state: "matched", words: t("mark.match"), ...where };
}

function passed(): TriedStep {
  return { state: "passed", words: t("mark.noMatch.plain") };
}

function placeIn(steps: readonly ExplanationStep[], name: string): TriedPlace | undefined {
  const bucket = steps.find((step) => step.kind === "bucket");
  return bucket && { place: bucket.place, name };
}
