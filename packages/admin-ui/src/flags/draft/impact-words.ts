import { t } from "./text.ts";
import type { Impact } from "./use-impact.ts";

/** For how many of those that were seen the value changes. */
export function impactInWords(impact: Pick<Impact, "seenCount" | "changedCount">): string {
  const { seenCount: seen, changedCount: changed } = impact;
  if (seen === 0) return t("draft.impact.unseen");
  if (changed === 0) return t("draft.impact.none", { seen });
  return t("draft.impact", { changed, seen });
}
