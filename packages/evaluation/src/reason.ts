import type { Json } from "./model.ts";

export type ErrorKind =
  | "CLIENT_NOT_READY"
  | "FLAG_NOT_FOUND"
  | "MALFORMED_FLAG"
  | "USER_NOT_SPECIFIED"
  | "WRONG_TYPE"
  | "EXCEPTION";

export type BigSegmentsStatus = "HEALTHY" | "STALE" | "STORE_ERROR" | "NOT_CONFIGURED";

/** What a result hangs on: nothing of the context, its targeting, or the share of a rollout it falls into. */
export type Basis = "constant" | "targeting" | "rollout";

/** Why an evaluation gave what it gave, in the shape SDKs report it. */
export type Reason = (
  | { readonly kind: "OFF" }
  | { readonly kind: "FALLTHROUGH"; readonly inExperiment?: true }
  | { readonly kind: "TARGET_MATCH" }
  | {
      readonly kind: "RULE_MATCH";
      /** From 0. */
      readonly ruleIndex: number;
      readonly ruleId?: string;
      readonly inExperiment?: true;
    }
  | { readonly kind: "PREREQUISITE_FAILED"; readonly prerequisiteKey: string }
  | { readonly kind: "ERROR"; readonly errorKind: ErrorKind }
) & {
  readonly bigSegmentsStatus?: BigSegmentsStatus;
};

export interface EvaluationResult {
  /** Null where no variation applies; the caller's fallback then takes its place. */
  readonly value: Json;
  readonly variationIndex: number | null;
  readonly reason: Reason;
}
