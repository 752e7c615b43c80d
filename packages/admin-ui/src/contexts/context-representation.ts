import type { ExplanationStep, Json } from "@halyard/evaluation";

/** A context of one kind or of several, as SDKs write it. */
export type ContextObject = Readonly<Record<string, Json>>;

export interface SeenContext {
  /** Date and time. */
  readonly lastSeen: string;
  /** The SDK's application; empty where it named none. */
  readonly applicationId: string;
  readonly context: ContextObject;
  readonly associatedContexts: number;
}

export interface SeenPage<T> {
  readonly items: readonly T[];
  readonly totalCount?: number;
  readonly continuationToken?: string;
}

export interface SeenInstance {
  readonly id: string;
  readonly lastSeen: string;
  readonly applicationId: string;
  readonly context: ContextObject;
}

export interface ContextSetting {
  readonly keepContexts: boolean;
  readonly retentionDays: number;
}

/** What a context gets from a flag, and every step that leads there. */
export interface FlagEvaluation {
  readonly key: string;
  readonly name: string;
  readonly _value: Json;
  readonly variationIndex: number | null;
  readonly reason: { readonly kind: string; readonly ruleIndex?: number };
  readonly steps: readonly ExplanationStep[];
}
