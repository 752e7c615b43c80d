import type { FlagInstruction, FlagState, FlagTarget } from "@halyard/instructions";
import { configurationIn, isSame } from "@halyard/instructions";
import { DomainError } from "../errors.ts";

/** A context by which a flag targets it. */
export interface TargetedContext {
  readonly environmentKey: string;
  readonly contextKind: string;
  readonly contextKey: string;
}

/** What makes a value the one that a context gets by name; without a value it is targeted no more. */
export function settingInstructions(
  flag: FlagState,
  { environmentKey, contextKind, contextKey }: TargetedContext,
  setting: unknown,
): FlagInstruction[] {
  const wanted = setting === undefined || setting === null ? undefined : variationOf(flag, setting);
  const holding = targetsOf(flag, { environmentKey, contextKind, contextKey });
  const named = { contextKind, values: [contextKey] };
  const isThere = holding.some(({ variationId }) => variationId === wanted);
  return [
    ...holding
      .filter(({ variationId }) => variationId !== wanted)
      .map(({ variationId }) => ({ kind: "removeTargets" as const, variationId, ...named })),
    ...(wanted === undefined || isThere
      ? []
      : [{ kind: "addTargets" as const, variationId: wanted, ...named }]),
  ];
}

/** The value that a context gets by name; null where it is not targeted. */
export function settingOf(flag: FlagState, context: TargetedContext): unknown {
  const [target] = targetsOf(flag, context);
  return flag.variations.find(({ id }) => id === target?.variationId)?.value ?? null;
}

function targetsOf(
  flag: FlagState,
  { environmentKey, contextKind, contextKey }: TargetedContext,
): readonly FlagTarget[] {
  const targets = configurationIn(flag, environmentKey)?.targets ?? [];
  return targets.filter(
    (target) => target.contextKind === contextKind && target.values.includes(contextKey),
  );
}

function variationOf(flag: FlagState, value: unknown): string {
  const variation = flag.variations.find((one) => isSame(one.value, value));
  if (variation !== undefined) return variation.id;
  const known = flag.variations.map((one) => JSON.stringify(one.value)).join(", ");
  throw new DomainError(
    "invalid_request",
    `flag "${flag.key}" has no variation ${JSON.stringify(value)}; its values are ${known}, and null takes the target off`,
  );
}
