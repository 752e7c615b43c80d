import type { FeatureFlag, Serving } from "../api/representations.ts";
import { variationColour } from "../ui/swatch.tsx";
import { nameOfVariation } from "./serving-summary.ts";

/** What a rule serves: a variation in its colour, or the shares of a split drawn to scale. */
export function SplitBar({
  flag,
  serving,
}: {
  readonly flag: FeatureFlag;
  readonly serving: Serving | undefined;
}) {
  const shares = serving?.rollout?.variations.filter((share) => share.weight > 0);
  if (shares === undefined) return <VariationName flag={flag} index={serving?.variation} />;
  return (
    <div>
      <div className="mb-2 flex flex-wrap gap-x-4 gap-y-1">
        {shares.map((share) => (
          <span key={share.variation}>
            <VariationName flag={flag} index={share.variation} /> {share.weight / 1000}%
          </span>
        ))}
      </div>
      <div className="flex h-7 overflow-hidden rounded-md" aria-hidden="true">
        {shares.map((share) => (
          <div
            key={share.variation}
            className="border-r-2 border-surface [forced-color-adjust:none] last:border-0"
            style={{
              width: `${share.weight / 1000}%`,
              background: variationColour(share.variation),
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** A variation keeps its colour everywhere; eight colours, then they come again. */
export function VariationName({
  flag,
  index,
}: {
  readonly flag: FeatureFlag;
  readonly index: number | undefined;
}) {
  return (
    <span className="inline-flex items-center gap-1.5 font-semibold">
      {index !== undefined && (
        <span
          className="size-2.5 rounded-[3px] [forced-color-adjust:none]"
          style={{ background: variationColour(index) }}
          aria-hidden="true"
        />
      )}
      {nameOfVariation(flag, index)}
    </span>
  );
}
