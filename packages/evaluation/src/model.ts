/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export type Operator =
  | "in"
  | "startsWith"
  | "endsWith"
  | "contains"
  | "matches"
  | "lessThan"
  | "lessThanOrEqual"
  | "greaterThan"
  | "greaterThanOrEqual"
  | "before"
  | "after"
  | "semVerEqual"
  | "semVerLessThan"
  | "semVerGreaterThan"
  | "segmentMatch";

/**
 * A flag as server-side SDKs read it. It comes from outside and may be malformed, so every
 * member but the key may be missing; null counts as missing.
 */
export interface Flag {
  readonly key: string;
  /** Grows with every change of this flag in its environment. */
  readonly version: number;
  readonly deleted?: boolean | null;
  readonly on?: boolean | null;
  readonly variations?: readonly Json[] | null;
  readonly offVariation?: number | null;
  readonly fallthrough?: VariationOrRollout | null;
  readonly prerequisites?: readonly Prerequisite[] | null;
  /** Keys of contexts of kind user. */
  readonly targets?: readonly Target[] | null;
  readonly contextTargets?: readonly Target[] | null;
  readonly rules?: readonly TargetingRule[] | null;
  readonly salt?: string | null;
  readonly clientSideAvailability?: ClientSideAvailability | null;
  readonly clientSide?: boolean | null;
  readonly trackEvents?: boolean | null;
  readonly trackEventsFallthrough?: boolean | null;
  /** Unix milliseconds. */
  readonly debugEventsUntilDate?: number | null;
  readonly excludeFromSummaries?: boolean | null;
  /** One in so many events is sent; 0 sends none. */
  readonly samplingRatio?: number | null;
  readonly migration?: { readonly checkRatio?: number | null } | null;
}

export interface ClientSideAvailability {
  readonly usingMobileKey: boolean;
  readonly usingEnvironmentId: boolean;
}

export interface Prerequisite {
  readonly key: string;
  readonly variation: number;
}

export interface Target {
  readonly contextKind?: string | null;
  readonly variation: number;
  readonly values?: readonly string[] | null;
}

export interface VariationOrRollout {
  readonly variation?: number | null;
  readonly rollout?: Rollout | null;
}

export interface TargetingRule extends VariationOrRollout {
  readonly id?: string | null;
  readonly clauses?: readonly Clause[] | null;
  readonly trackEvents?: boolean | null;
}

export interface Rollout {
  readonly kind?: "rollout" | "experiment" | null;
  readonly contextKind?: string | null;
  readonly variations?: readonly WeightedVariation[] | null;
  readonly bucketBy?: string | null;
  readonly seed?: number | null;
}

export interface WeightedVariation {
  readonly variation: number;
  /** Thousandths of a percent. */
  readonly weight: number;
  readonly untracked?: boolean | null;
}

export interface Clause {
  readonly contextKind?: string | null;
  readonly attribute?: string | null;
  /** An {@link Operator}; an unknown one never matches. */
  readonly op: string;
  readonly values?: readonly Json[] | null;
  readonly negate?: boolean | null;
}

export interface Segment {
  readonly key: string;
  readonly version: number;
  readonly deleted?: boolean | null;
  readonly included?: readonly string[] | null;
  readonly excluded?: readonly string[] | null;
  readonly includedContexts?: readonly SegmentTarget[] | null;
  readonly excludedContexts?: readonly SegmentTarget[] | null;
  readonly rules?: readonly SegmentRule[] | null;
  readonly salt?: string | null;
  readonly unbounded?: boolean | null;
  readonly unboundedContextKind?: string | null;
  readonly generation?: number | null;
}

export interface SegmentTarget {
  readonly contextKind?: string | null;
  readonly values?: readonly string[] | null;
}

export interface SegmentRule {
  readonly id?: string | null;
  readonly clauses?: readonly Clause[] | null;
  /** Thousandths of a percent of those who match; absent means all. */
  readonly weight?: number | null;
  readonly bucketBy?: string | null;
  readonly rolloutContextKind?: string | null;
}
