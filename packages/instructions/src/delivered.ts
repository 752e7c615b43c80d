import type {
  Clause,
  Flag,
  Rollout,
  Segment,
  Target,
  VariationOrRollout,
} from "@halyard/evaluation";
import {
  configurationIn,
  type FlagState,
  type FlagTarget,
  type RuleClause,
  type SegmentState,
  type Serve,
  type Split,
} from "./state.ts";

/** Where and as of when a flag is delivered. */
export interface Delivery {
  readonly environmentKey: string;
  readonly version: number;
  /** The project's other flags: a prerequisite names a variation of one of them. */
  readonly findFlag: (key: string) => FlagState | undefined;
}

/** A flag of one environment as SDKs read it, with every member that the strictest of them needs. */
export function deliveredFlag(
  flag: FlagState,
  { environmentKey, version, findFlag }: Delivery,
): Flag | undefined {
  const configuration = configurationIn(flag, environmentKey);
  if (configuration === undefined) return undefined;
  const indexOf = (variationId: string) =>
    flag.variations.findIndex(({ id }) => id === variationId);
  const { offVariationId, debugEventsUntilDate, checkRatio } = configuration;
  const serving = (serve: Serve): VariationOrRollout =>
    "variationId" in serve
      ? { variation: indexOf(serve.variationId) }
      : { rollout: rolloutOf(serve.rollout, indexOf) };
  return {
    key: flag.key,
    version,
    deleted: false,
    on: configuration.on,
    variations: flag.variations.map(({ value }) => value),
    offVariation: offVariationId === undefined ? null : indexOf(offVariationId),
    fallthrough: serving(configuration.fallthrough),
    prerequisites: configuration.prerequisites.map(({ key, variationId }) => ({
      key,
      // Where the other flag or its variation is gone, an index that is never served: it fails.
      variation: findFlag(key)?.variations.findIndex(({ id }) => id === variationId) ?? -1,
    })),
    ...targetsOf(configuration.targets, indexOf),
    rules: configuration.rules.map(({ id, clauses, serve, trackEvents }) => ({
      id,
      clauses: clauses.map(deliveredClause),
      trackEvents,
      ...serving(serve),
    })),
    salt: configuration.salt,
    clientSideAvailability: flag.clientSideAvailability,
    clientSide: flag.clientSideAvailability.usingEnvironmentId,
    trackEvents: configuration.trackEvents,
    trackEventsFallthrough: configuration.trackEventsFallthrough,
    debugEventsUntilDate: debugEventsUntilDate ?? null,
    ...(checkRatio === undefined ? {} : { migration: { checkRatio } }),
  };
}

/** A segment as SDKs read it. */
export function deliveredSegment(segment: SegmentState, version: number): Segment {
  const { unboundedContextKind, generation } = segment;
  return {
    key: segment.key,
    version,
    deleted: false,
    included: segment.included,
    excluded: segment.excluded,
    includedContexts: segment.includedContexts,
    excludedContexts: segment.excludedContexts,
    rules: segment.rules.map(({ id, clauses, weight, bucketBy, rolloutContextKind }) => ({
      id,
      clauses: clauses.map(deliveredClause),
      ...(weight === undefined ? {} : { weight }),
      ...(bucketBy === undefined ? {} : { bucketBy }),
      ...(rolloutContextKind === undefined ? {} : { rolloutContextKind }),
    })),
    salt: segment.salt,
    generation: generation ?? null,
    ...(segment.unbounded ? { unbounded: true } : {}),
    ...(unboundedContextKind === undefined ? {} : { unboundedContextKind }),
  };
}

function rolloutOf(split: Split, indexOf: (id: string) => number): Rollout {
  const { weights, ...rest } = split;
  return {
    ...rest,
    variations: weights.map(({ variationId, weight, untracked }) => ({
      variation: indexOf(variationId),
      weight,
      ...(untracked === undefined ? {} : { untracked }),
    })),
  };
}

function deliveredClause({ contextKind, attribute, op, values, negate }: RuleClause): Clause {
  return { ...(contextKind === undefined ? {} : { contextKind }), attribute, op, values, negate };
}

/** Users are listed apart; where other kinds are targeted too, an empty entry keeps the users' place. */
function targetsOf(
  targets: readonly FlagTarget[],
  indexOf: (id: string) => number,
): { targets: readonly Target[]; contextTargets: readonly Target[] } {
  const users = targets.filter(({ contextKind }) => contextKind === "user");
  const contextTargets = targets.map(({ contextKind, variationId, values }) => ({
    contextKind,
    variation: indexOf(variationId),
    values: contextKind === "user" ? [] : values,
  }));
  return {
    targets: users.map(({ variationId, values }) => ({ variation: indexOf(variationId), values })),
    contextTargets: users.length === targets.length ? [] : contextTargets,
  };
}
