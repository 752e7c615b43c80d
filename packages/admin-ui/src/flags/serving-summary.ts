import type { FeatureFlag, FlagConfig, Serving } from "../api/representations.ts";

export function nameOfVariation(flag: FeatureFlag, index: number | undefined): string {
  const variation = index === undefined ? undefined : flag.variations[index];
  if (variation === undefined) {
    return "the code's default";
  }
  return variation.name ?? JSON.stringify(variation.value);
}

function servingInWords(flag: FeatureFlag, serving: Serving | undefined): string {
  const parts = serving?.rollout?.variations.filter((part) => part.weight > 0);
  if (parts === undefined) {
    return nameOfVariation(flag, serving?.variation);
  }
  return parts
    .map((part) => `${part.weight / 1000}% ${nameOfVariation(flag, part.variation)}`)
    .join(" · ");
}

/** What an environment gives, short enough for a table cell. */
export function servingSummary(flag: FeatureFlag, config: FlagConfig): string {
  if (!config.on) {
    return `off → ${nameOfVariation(flag, config.offVariation)}`;
  }
  const rules = config.rules?.length ?? 0;
  const rest = servingInWords(flag, config.fallthrough);
  if (rules === 0) {
    return config.fallthrough?.rollout === undefined ? `everyone → ${rest}` : rest;
  }
  return `${rules} ${rules === 1 ? "rule" : "rules"}, else ${rest}`;
}
