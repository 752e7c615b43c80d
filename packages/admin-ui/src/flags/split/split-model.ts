import type { Split, SplitWeight } from "@halyard/instructions";
import { everyone } from "./split.ts";

/** A variation as splits show it; its place gives its colour. */
export interface SplitVariation {
  readonly id: string;
  readonly name: string;
}

/** The parts of a split with those variations behind them that it does not name: they have nothing. */
export function partsOf(
  { weights }: Pick<Split, "weights">,
  variations: readonly SplitVariation[],
): readonly SplitWeight[] {
  const missing = variations.filter(({ id }) => weights.every((one) => one.variationId !== id));
  return [...weights, ...missing.map(({ id }) => ({ variationId: id, weight: 0 }))];
}

/** What is kept of the parts: those that have something, and those that were named before. */
export function weightsOf(
  parts: readonly SplitWeight[],
  before: Pick<Split, "weights">,
): readonly SplitWeight[] {
  const named = new Set(before.weights.map(({ variationId }) => variationId));
  return parts.filter(({ variationId, weight }) => weight > 0 || named.has(variationId));
}

/** A split to begin with: all get what they have got. */
export function splitFrom(variationId: string, variations: readonly SplitVariation[]): Split {
  const other = variations.filter(({ id }) => id !== variationId);
  return {
    contextKind: "user",
    weights: [
      { variationId, weight: everyone },
      ...other.map(({ id }) => ({ variationId: id, weight: 0 })),
    ],
  };
}
