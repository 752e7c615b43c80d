import type { ClientSideAvailability, Json } from "@halyard/evaluation";

/** Everything people decide about a flag, in all environments: what instructions change. */
export interface FlagState {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly kind: "boolean" | "multivariate";
  readonly variations: readonly FlagVariation[];
  readonly tags: readonly string[];
  readonly temporary: boolean;
  readonly archived: boolean;
  readonly deprecated: boolean;
  readonly maintainerId?: string;
  readonly maintainerTeamKey?: string;
  readonly clientSideAvailability: ClientSideAvailability;
  readonly customProperties: Readonly<Record<string, CustomProperty>>;
  /** Present where the flag steers a migration: its variations are the stages. */
  readonly migration?: FlagMigration;
  /** Ids of the variations that environments made later start with. */
  readonly defaults: { readonly onVariationId: string; readonly offVariationId: string };
  /** By environment key. */
  readonly environments: Readonly<Record<string, FlagConfiguration>>;
}

export interface FlagMigration {
  readonly stageCount: 2 | 4 | 6;
  /** Whose contexts are moved together. */
  readonly contextKind?: string;
}

export interface CustomProperty {
  readonly name: string;
  readonly values: readonly string[];
}

export interface FlagVariation {
  readonly id: string;
  readonly value: Json;
  readonly name?: string;
  readonly description?: string;
}

/** The configuration of an environment that the flag has itself: `constructor` is a key like any other. */
export function configurationIn(
  flag: FlagState,
  environmentKey: string,
): FlagConfiguration | undefined {
  return Object.hasOwn(flag.environments, environmentKey)
    ? flag.environments[environmentKey]
    : undefined;
}

/** How a flag behaves in one environment. */
export interface FlagConfiguration {
  readonly on: boolean;
  readonly salt: string;
  readonly prerequisites: readonly FlagPrerequisite[];
  readonly targets: readonly FlagTarget[];
  /** Targets that are to be taken off by themselves; absent where there are none. */
  readonly expiringTargets?: readonly ExpiringTarget[];
  readonly rules: readonly FlagRule[];
  readonly fallthrough: Serve;
  readonly offVariationId?: string;
  readonly trackEvents: boolean;
  readonly trackEventsFallthrough: boolean;
  /** Unix milliseconds. */
  readonly debugEventsUntilDate?: number;
  /** Of a migration: SDKs compare both systems' answers once in so many times. */
  readonly checkRatio?: number;
}

export interface FlagPrerequisite {
  readonly key: string;
  readonly variationId: string;
}

export interface FlagTarget {
  readonly contextKind: string;
  readonly variationId: string;
  readonly values: readonly string[];
}

/** When a context stops being a target of a variation. */
export interface ExpiringTarget {
  readonly contextKind: string;
  readonly contextKey: string;
  readonly variationId: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

export interface FlagRule {
  readonly id: string;
  readonly description?: string;
  readonly clauses: readonly RuleClause[];
  readonly serve: Serve;
  readonly trackEvents: boolean;
}

export interface RuleClause {
  readonly id: string;
  /** Absent in data of old origin: the attribute is then a literal name, not a reference. */
  readonly contextKind?: string;
  readonly attribute: string;
  readonly op: string;
  readonly negate: boolean;
  readonly values: readonly Json[];
}

export type Serve = { readonly variationId: string } | { readonly rollout: Split };

export interface Split {
  readonly kind?: "experiment";
  readonly contextKind?: string;
  readonly bucketBy?: string;
  readonly seed?: number;
  readonly weights: readonly SplitWeight[];
}

export interface SplitWeight {
  readonly variationId: string;
  /** Thousandths of a percent; all of a split sum to 100000. */
  readonly weight: number;
  readonly untracked?: true;
}

/** Everything people decide about a segment of one environment. */
export interface SegmentState {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly salt: string;
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  readonly includedContexts: readonly SegmentStateTarget[];
  readonly excludedContexts: readonly SegmentStateTarget[];
  readonly rules: readonly SegmentStateRule[];
  readonly unbounded: boolean;
  readonly unboundedContextKind?: string;
  readonly generation?: number;
  /** Targets that are to be taken off by themselves; absent where there are none. */
  readonly expiringTargets?: readonly ExpiringSegmentTarget[];
}

/** When a context stops being listed in a segment. */
export interface ExpiringSegmentTarget {
  readonly contextKind: string;
  readonly contextKey: string;
  readonly targetType: "included" | "excluded";
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

export interface SegmentStateTarget {
  readonly contextKind: string;
  readonly values: readonly string[];
}

export interface SegmentStateRule {
  readonly id: string;
  readonly description?: string;
  readonly clauses: readonly RuleClause[];
  /** Thousandths of a percent of those who match; absent means all. */
  readonly weight?: number;
  readonly bucketBy?: string;
  readonly rolloutContextKind?: string;
}
