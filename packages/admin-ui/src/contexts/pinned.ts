import type { FlagConfig } from "../api/representations.ts";

export interface PinnedContext {
  readonly kind: string;
  readonly key: string;
}

/** The place of the variation that a context gets by name; undefined where rules decide. */
export function pinnedVariation(
  config: FlagConfig | undefined,
  { kind, key }: PinnedContext,
): number | undefined {
  const all = [...(config?.targets ?? []), ...(config?.contextTargets ?? [])];
  return all.find(
    ({ contextKind = "user", values }) => contextKind === kind && values.includes(key),
  )?.variation;
}
