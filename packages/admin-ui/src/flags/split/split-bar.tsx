import type { ReactNode } from "react";
import { formatShare } from "../../text/format.ts";
import { variationColour } from "../../ui/swatch.tsx";
import { type Part, placesOf } from "./split.ts";
import type { SplitVariation } from "./split-model.ts";
import { t } from "./text.ts";

interface SplitBarProps {
  readonly parts: readonly Part[];
  readonly variations: readonly SplitVariation[];
  /** What is saved is drawn low, under what is drafted. */
  readonly isGhost?: boolean;
  /** Its dividers. */
  readonly children?: ReactNode;
}

/** Narrower parts have no room for words. */
const wideEnough = 0.08;

/** The parts of a split to scale, each in its variation's colour and pattern, with its name where it has room. */
export function SplitBar({ parts, variations, isGhost = false, children }: SplitBarProps) {
  const places = placesOf(parts);
  const words = parts
    .filter(({ weight }) => weight > 0)
    .map((part) => t("split.part", { name: nameOf(part, variations), percent: shareOf(part) }))
    .join(", ");
  return (
    <div className="relative">
      <div
        role="img"
        aria-label={isGhost ? `${t("split.ghost")}: ${words}` : t("split.bar", { parts: words })}
        className={`flex overflow-hidden forced-color-adjust-none ${isGhost ? "h-1.5 rounded-sm opacity-70" : "h-8 rounded-md"}`}
      >
        {parts.map((part, at) => {
          const index = variations.findIndex(({ id }) => id === part.variationId);
          const { from, to } = places[at] ?? { from: 0, to: 0 };
          if (part.weight === 0) return null;
          return (
            <div
              key={part.variationId}
              className="pattern relative flex items-center justify-center overflow-hidden border-surface not-last:border-r-2"
              data-pattern={index % 8}
              style={{ width: `${(to - from) * 100}%`, background: variationColour(index) }}
            >
              {!isGhost && to - from >= wideEnough && (
                <span
                  aria-hidden="true"
                  translate="no"
                  className="relative z-1 max-w-full truncate rounded bg-surface px-1.5 text-xs font-medium text-ink"
                >
                  {shareOf(part)}
                </span>
              )}
            </div>
          );
        })}
      </div>
      {children}
    </div>
  );
}

export function nameOf({ variationId }: Part, variations: readonly SplitVariation[]): string {
  return variations.find(({ id }) => id === variationId)?.name ?? "";
}

export function shareOf({ weight }: Part): string {
  return formatShare(weight / 100_000);
}
