import type { SegmentRepresentation } from "./segment-representation.ts";
import { t } from "./text.ts";

/** Who is in a segment, short enough for a cell: `12 included · 1 excluded · 2 rules`. */
export function segmentSummary(segment: SegmentRepresentation): string {
  const { unbounded, rules } = segment;
  const parts = [
    ...(unbounded ? [t("segment.summary.big")] : listsInWords(segment)),
    ...(rules.length === 0 ? [] : [t("segment.summary.rules", { count: rules.length })]),
  ];
  return parts.length === 0 ? t("segment.summary.nobody") : parts.join(" · ");
}

function listsInWords(segment: SegmentRepresentation): readonly string[] {
  const included = countOf(segment, "included");
  const excluded = countOf(segment, "excluded");
  return [
    ...(included === 0 ? [] : [t("segment.summary.included", { count: included })]),
    ...(excluded === 0 ? [] : [t("segment.summary.excluded", { count: excluded })]),
  ];
}

function countOf(segment: SegmentRepresentation, list: "included" | "excluded"): number {
  const others = list === "included" ? segment.includedContexts : segment.excludedContexts;
  return segment[list].length + others.reduce((sum, { values }) => sum + values.length, 0);
}
