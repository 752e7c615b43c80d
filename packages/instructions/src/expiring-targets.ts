import { Refusal } from "./outcome.ts";
import type { ExpiringTarget, FlagConfiguration } from "./state.ts";
import type { TargetingHandlers } from "./targeting.ts";

type Named = Pick<ExpiringTarget, "contextKind" | "contextKey" | "variationId">;

/** What says when a target ends: the target itself is added and removed like any other. */
export const expiringTargetInstructions: TargetingHandlers<
  "addExpiringTarget" | "updateExpiringTarget" | "removeExpiringTarget"
> = {
  addExpiringTarget: ({ configuration }, { value, ...input }) => {
    const named = nameOf(input);
    const known = expiryOf(configuration, named);
    if (known !== undefined && known.expiresAt !== value) {
      throw new Refusal(`${words(named)} expires already; use updateExpiringTarget`);
    }
    if (!isTarget(configuration, named)) {
      throw new Refusal(`${words(named)} is no target of that variation; use addTargets first`);
    }
    return known === undefined ? withExpiry(configuration, { ...named, expiresAt: value }) : {};
  },
  updateExpiringTarget: ({ configuration }, { value, ...input }) => {
    const named = nameOf(input);
    if (expiryOf(configuration, named) === undefined) {
      throw new Refusal(`${words(named)} does not expire yet; use addExpiringTarget`);
    }
    const expiringTargets = (configuration.expiringTargets ?? []).map((one) =>
      isSameTarget(one, named) ? { ...one, expiresAt: value } : one,
    );
    return { expiringTargets };
  },
  removeExpiringTarget: ({ configuration }, input) => {
    const named = nameOf(input);
    return withExpiringTargets(
      configuration,
      (configuration.expiringTargets ?? []).filter((one) => !isSameTarget(one, named)),
    );
  },
};

/** A configuration without the expiries of contexts that are targets no longer. */
export function withLiveTargets(configuration: FlagConfiguration): FlagConfiguration {
  const { expiringTargets } = configuration;
  if (expiringTargets === undefined) return configuration;
  const live = expiringTargets.filter((one) => isTarget(configuration, one));
  return live.length === expiringTargets.length
    ? configuration
    : withExpiringTargets(configuration, live);
}

/** The targets of a configuration whose time has come. */
export function expiredTargets(
  { expiringTargets }: FlagConfiguration,
  now: number,
): readonly ExpiringTarget[] {
  return (expiringTargets ?? []).filter(({ expiresAt }) => expiresAt <= now);
}

function withExpiry(configuration: FlagConfiguration, added: ExpiringTarget): FlagConfiguration {
  return withExpiringTargets(configuration, [...(configuration.expiringTargets ?? []), added]);
}

function withExpiringTargets(
  configuration: FlagConfiguration,
  expiringTargets: readonly ExpiringTarget[],
): FlagConfiguration {
  const { expiringTargets: _, ...rest } = configuration;
  return expiringTargets.length === 0 ? rest : { ...rest, expiringTargets };
}

function nameOf({
  contextKind = "user",
  contextKey,
  variationId,
}: {
  contextKind?: string | undefined;
  contextKey: string;
  variationId: string;
}): Named {
  return { contextKind, contextKey, variationId };
}

function expiryOf(configuration: FlagConfiguration, named: Named): ExpiringTarget | undefined {
  return configuration.expiringTargets?.find((one) => isSameTarget(one, named));
}

function isTarget({ targets }: FlagConfiguration, named: Named): boolean {
  return targets.some(
    ({ contextKind, variationId, values }) =>
      contextKind === named.contextKind &&
      variationId === named.variationId &&
      values.includes(named.contextKey),
  );
}

function isSameTarget(a: Named, b: Named): boolean {
  return (
    a.contextKind === b.contextKind &&
    a.contextKey === b.contextKey &&
    a.variationId === b.variationId
  );
}

function words({ contextKind, contextKey }: Named): string {
  return `${contextKind} "${contextKey}"`;
}
