import type { FlagConfiguration, Serve } from "@halyard/instructions";
import type { FlagEvaluations } from "../events/event-store.ts";

const weekMs = 7 * 24 * 3_600_000;

/** Whether code still asks for a flag, and whether it still decides anything. */
export type FlagStatus = "new" | "active" | "launched" | "inactive";

interface Life {
  readonly createdAt: number;
  /** When what the environment serves of it last changed. */
  readonly changedAt: number;
  readonly requestedAt: number | undefined;
  /** Whether its configuration gives everyone the same; asked only where that may decide. */
  readonly isServingOne: boolean;
}

/**
 * New is what no code has asked for within its first week, inactive what none has asked for in the
 * last. Of what is asked for, launched is what has given everyone the same for a week.
 */
export function statusOf(
  { createdAt, changedAt, requestedAt, isServingOne }: Life,
  now: number,
): FlagStatus {
  if (requestedAt === undefined) return now - createdAt < weekMs ? "new" : "inactive";
  if (now - requestedAt >= weekMs) return "inactive";
  return isServingOne && now - changedAt >= weekMs ? "launched" : "active";
}

/** Whether it is launched if it gives everyone the same: of the others no configuration is needed. */
export function mayBeLaunched(
  { changedAt, requestedAt }: Pick<Life, "changedAt" | "requestedAt">,
  now: number,
): boolean {
  return requestedAt !== undefined && now - requestedAt < weekMs && now - changedAt >= weekMs;
}

/** Evaluations that were kept long ago have their minute alone. */
export function requestedAt(
  evaluations: FlagEvaluations | undefined,
  now: number,
): number | undefined {
  if (evaluations === undefined) return undefined;
  return evaluations.requestedAt ?? Math.min(evaluations.lastAt, now);
}

/** The variation that everyone gets, where it is on and gives the same to all. */
export function soleVariation(configuration: FlagConfiguration): string | undefined {
  const { on, fallthrough, rules, targets, prerequisites } = configuration;
  if (!on || prerequisites.length > 0 || !("variationId" in fallthrough)) return undefined;
  const { variationId } = fallthrough;
  const isSameServe = (serve: Serve) => "variationId" in serve && serve.variationId === variationId;
  const isSame =
    rules.every(({ serve }) => isSameServe(serve)) &&
    targets.every((target) => target.variationId === variationId);
  return isSame ? variationId : undefined;
}
