import { memo } from "react";
import { t } from "./text.ts";
import type { Activity } from "./use-flag-rows.ts";

const width = 72;
const height = 10;

/** How often it was evaluated, hour by hour; the number is in words for those who do not see it. */
export const Sparkline = memo(function Sparkline({ activity }: { readonly activity: Activity }) {
  const { counts, total } = activity;
  const words =
    total === 0 ? t("list.cell.unevaluated") : t("list.cell.evaluations", { count: total });
  return (
    <span
      title={words}
      className="absolute top-full left-0 shrink-0 overflow-hidden max-w-full in-data-compact:static in-data-compact:ml-auto"
    >
      {total > 0 && (
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          aria-hidden="true"
          className="block overflow-visible text-link/80"
        >
          <path
            d={sparklinePath(counts)}
            fill="none"
            stroke="currentColor"
            strokeWidth={1.25}
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        </svg>
      )}
      <span className="sr-only">{words}</span>
    </span>
  );
});

/** A line through the counts, the highest at the top. */
function sparklinePath(counts: readonly number[]): string {
  const most = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length - 1);
  return counts
    .map((count, at) => {
      const y = height - 1 - (count / most) * (height - 2);
      return `${at === 0 ? "M" : "L"}${(at * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
