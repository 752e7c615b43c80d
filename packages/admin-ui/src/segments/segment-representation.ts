import type { Json } from "@halyard/evaluation";

interface ClauseRepresentation {
  readonly _id: string;
  readonly contextKind?: string;
  readonly attribute: string;
  readonly op: string;
  readonly negate: boolean;
  readonly values: readonly Json[];
}

interface SegmentRuleRepresentation {
  readonly _id: string;
  readonly description?: string;
  readonly clauses: readonly ClauseRepresentation[];
  /** Thousandths of a percent of those who match; absent means all. */
  readonly weight?: number;
  readonly bucketBy?: string;
  readonly rolloutContextKind?: string;
}

interface SegmentTargetRepresentation {
  readonly contextKind: string;
  readonly values: readonly string[];
}

/** A segment of one environment, as REST shows it. */
export interface SegmentRepresentation {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Unix milliseconds. */
  readonly creationDate: number;
  readonly lastModifiedDate: number;
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  readonly includedContexts: readonly SegmentTargetRepresentation[];
  readonly excludedContexts: readonly SegmentTargetRepresentation[];
  readonly rules: readonly SegmentRuleRepresentation[];
  readonly version: number;
  readonly unbounded: boolean;
  readonly unboundedContextKind?: string;
  readonly generation: number;
  readonly _unboundedMetadata?: { readonly includedCount: number; readonly excludedCount: number };
  readonly _importInProgress?: boolean;
  readonly _flags?: readonly { readonly key: string; readonly name: string }[];
}
