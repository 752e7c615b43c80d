import type { Json } from "@halyard/evaluation";

interface Variation {
  readonly _id: string;
  readonly value: Json;
  readonly name?: string;
}
export interface Serving {
  readonly variation?: number;
  readonly rollout?: {
    readonly bucketBy?: string;
    readonly contextKind?: string;
    readonly variations: readonly { readonly variation: number; readonly weight: number }[];
  };
}
interface Clause {
  readonly contextKind?: string;
  readonly attribute: string;
  readonly op: string;
  readonly values: readonly Json[];
  readonly negate: boolean;
}
interface Rule extends Serving {
  readonly _id: string;
  readonly description?: string;
  readonly clauses: readonly Clause[];
}
interface Target {
  readonly variation: number;
  readonly values: readonly string[];
  readonly contextKind?: string;
}
export interface FlagConfig {
  readonly on: boolean;
  readonly targets?: readonly Target[];
  readonly contextTargets?: readonly Target[];
  readonly rules?: readonly Rule[];
  readonly fallthrough?: Serving;
  readonly offVariation?: number;
  readonly prerequisites?: readonly { readonly key: string; readonly variation: number }[];
}
export interface FeatureFlag {
  readonly key: string;
  readonly name: string;
  readonly temporary: boolean;
  readonly variations: readonly Variation[];
  readonly environments?: Readonly<Record<string, FlagConfig>>;
}
export interface Environment {
  readonly _id: string;
  readonly key: string;
  readonly name: string;
  readonly apiKey: string;
  readonly mobileKey: string;
  readonly critical: boolean;
  /** Every change has to say why. */
  readonly requireComments: boolean;
  /** Whoever changes something types the environment's name before. */
  readonly confirmChanges: boolean;
  /** Of flags. */
  readonly approvalSettings: {
    readonly required: boolean;
    /** Only what has one of these tags, where there are any. */
    readonly requiredApprovalTags: readonly string[];
  };
}
export interface Project {
  readonly key: string;
  readonly name: string;
}
export interface Items<T> {
  readonly items: readonly T[];
}
