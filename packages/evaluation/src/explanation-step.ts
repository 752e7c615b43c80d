import type { Json } from "./model.ts";

/** One thing an evaluation looked at, in order. */
export type ExplanationStep =
  | { readonly kind: "on"; readonly on: boolean }
  | { readonly kind: "prerequisite"; readonly key: string; readonly isMet: boolean }
  | { readonly kind: "targets"; readonly isMatch: boolean }
  | {
      readonly kind: "rule";
      /** From 0. */
      readonly index: number;
      readonly id?: string;
      readonly isMatch: boolean;
      readonly failed?: FailedClause;
    }
  | { readonly kind: "fallthrough" }
  | {
      readonly kind: "bucket";
      /** Where the context falls, and the part of [0, 1) that its variation has. */
      readonly place: number;
      readonly from: number;
      readonly to: number;
      readonly variation: number;
    };

/** The first clause of a rule that did not match. */
export interface FailedClause {
  /** From 0. */
  readonly index: number;
  readonly contextKind: string;
  readonly attribute: string;
  readonly op: string;
  /** What the context has there; absent where it has nothing. */
  readonly actual?: Json;
}
