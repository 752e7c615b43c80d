import { ruleSentence, type SegmentState } from "@halyard/instructions";
import { formatList, formatMoment, formatShare } from "../text/format.ts";
import { t } from "./text.ts";

const valuesShown = 30;

/** Who is in a segment, and what it is called, a line each. */
export function segmentLines(segment: SegmentState): readonly string[] {
  const { expiringTargets = [], tags, description } = segment;
  return [
    t("words.name", { name: segment.name }),
    ...(description === "" ? [] : [t("words.description", { text: description })]),
    ...(tags.length === 0 ? [] : [t("words.tags", { tags: formatList(tags) })]),
    ...segment.included.map((key) => t("words.included", { context: `user ${key}` })),
    ...segment.includedContexts.flatMap(({ contextKind, values }) =>
      values.map((key) => t("words.included", { context: `${contextKind} ${key}` })),
    ),
    ...segment.excluded.map((key) => t("words.excluded", { context: `user ${key}` })),
    ...segment.excludedContexts.flatMap(({ contextKind, values }) =>
      values.map((key) => t("words.excluded", { context: `${contextKind} ${key}` })),
    ),
    ...expiringTargets.map(({ contextKind, contextKey, expiresAt }) =>
      t("words.listedUntil", {
        context: `${contextKind} ${contextKey}`,
        time: formatMoment(expiresAt),
      }),
    ),
    ...segment.rules.map(({ description: title = "", clauses, weight }) => {
      const outcome =
        weight === undefined
          ? t("words.areIn")
          : t("words.shareIsIn", { share: formatShare(weight / 100_000) });
      return `${title === "" ? "" : `${title}: `}${ruleSentence(clauses, outcome, valuesShown)}`;
    }),
  ];
}
