import { manyFlags } from "../evaluation/flags.ts";
import { growthbookFeatures } from "../evaluation/growthbook-features.ts";

/** So many of the evaluation's flags: every second one has the two-clause rule. */
export function flagsOf(count: number): Readonly<Record<string, object>> {
  const shapes = Object.values(manyFlags);
  return named(count, (key, index) => ({ ...shapes[index % shapes.length], key }));
}

/** The same flags in GrowthBook's words. */
export function featuresOf(count: number): Readonly<Record<string, object>> {
  const shapes = Object.entries<object>(growthbookFeatures)
    .filter(([key]) => key in manyFlags)
    .map(([, feature]) => feature);
  return named(count, (_, index) => shapes[index % shapes.length] ?? {});
}

/** What each patch changes: a flag that gives everyone the number of the patch. */
export const patchedKey = "many-0";
export const patchedFlag = (version: number): object => ({
  key: patchedKey,
  version,
  on: true,
  variations: [version],
  offVariation: 0,
  fallthrough: { variation: 0 },
  salt: "salt",
});

function named(
  count: number,
  of: (key: string, index: number) => object,
): Readonly<Record<string, object>> {
  const keys = Array.from({ length: count }, (_, index) => `many-${index}`);
  return Object.fromEntries(keys.map((key, index) => [key, of(key, index)]));
}
