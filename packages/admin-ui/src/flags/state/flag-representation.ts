import type { ClientSideAvailability, Json } from "@halyard/evaluation";
import type { ExpiringTarget } from "@halyard/instructions";

/** What is served, by indices of variations, as REST has it. */
export interface ServedRepresentation {
  readonly variation?: number;
  readonly rollout?: {
    readonly contextKind?: string;
    readonly bucketBy?: string;
    readonly seed?: number;
    readonly variations: readonly {
      readonly variation: number;
      readonly weight: number;
      readonly _untracked?: boolean;
    }[];
  };
}

interface ClauseRepresentation {
  readonly _id: string;
  readonly contextKind?: string;
  readonly attribute: string;
  readonly op: string;
  readonly negate: boolean;
  readonly values: readonly Json[];
}

export interface RuleRepresentation extends ServedRepresentation {
  readonly _id: string;
  readonly description?: string;
  readonly clauses: readonly ClauseRepresentation[];
  readonly trackEvents: boolean;
}

export interface TargetRepresentation {
  readonly contextKind: string;
  readonly variation: number;
  readonly values: readonly string[];
}

/** A flag's configuration in one environment, whole. */
export interface ConfigurationRepresentation {
  readonly on: boolean;
  readonly salt: string;
  readonly version: number;
  readonly targets: readonly TargetRepresentation[];
  readonly contextTargets: readonly TargetRepresentation[];
  readonly rules: readonly RuleRepresentation[];
  readonly fallthrough: ServedRepresentation;
  readonly offVariation?: number;
  readonly prerequisites: readonly { readonly key: string; readonly variation: number }[];
  /** REST shows them apart from the flag, by an environment at a time. */
  readonly expiringTargets?: readonly ExpiringTarget[];
  readonly trackEvents: boolean;
  readonly trackEventsFallthrough: boolean;
  readonly _debugEventsUntilDate?: number;
  readonly migrationSettings?: { readonly checkRatio?: number };
}

/** A flag as `GET /api/v2/flags/PROJECT/FLAG` gives it, as far as editing needs it. */
export interface FlagRepresentation {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly kind: "boolean" | "multivariate";
  readonly _version: number;
  readonly variations: readonly {
    readonly _id: string;
    readonly value: Json;
    readonly name?: string;
    readonly description?: string;
  }[];
  readonly tags: readonly string[];
  readonly temporary: boolean;
  readonly archived: boolean;
  readonly deprecated: boolean;
  readonly maintainerId?: string;
  readonly maintainerTeamKey?: string;
  readonly clientSideAvailability: ClientSideAvailability;
  readonly customProperties: Readonly<
    Record<string, { readonly name: string; readonly value: readonly string[] }>
  >;
  readonly migrationSettings?: {
    readonly contextKind?: string;
    readonly stageCount?: number;
  };
  readonly defaults: { readonly onVariation: number; readonly offVariation: number };
  readonly environments: Readonly<Record<string, ConfigurationRepresentation>>;
}
