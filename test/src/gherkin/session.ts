import type {
  BaseHook,
  EvaluationContext,
  EvaluationDetails,
  FlagValue,
  JsonValue,
} from "@openfeature/core";

/** How a provider stands to its service. "cached" serves what it kept of an earlier start. */
export type Standing = "stable" | "not ready" | "error" | "fatal" | "stale" | "cached";

export const levels = ["API", "Transaction", "Client", "Invocation", "Before Hooks"] as const;
export type Level = (typeof levels)[number];
export type Contexts = ReadonlyMap<Level, EvaluationContext>;

export type Question = { readonly key: string } & (
  | { readonly type: "Boolean"; readonly fallback: boolean }
  | { readonly type: "String"; readonly fallback: string }
  | { readonly type: "Integer" | "Float"; readonly fallback: number }
  | { readonly type: "Object"; readonly fallback: JsonValue }
);

/** A hook that alters nothing, as either SDK takes it. */
export type RecordingHook = BaseHook<FlagValue, Record<string, unknown>, void, void>;

export type Details = EvaluationDetails<JsonValue>;

/** Throwing it ends a scenario that asks for what does not exist here. */
export class Skip extends Error {}

/** One of OpenFeature's SDKs over our provider for it, for the time of a scenario. */
export interface Session {
  /** Where contexts can be given. */
  readonly levels: readonly Level[];
  /** Where a scenario's own context belongs. */
  readonly ownLevel: Level;
  /** Whether the SDK answers at once. */
  readonly isSynchronous: boolean;
  start(standing: Standing, options: { readonly answerMetadata: boolean }): Promise<void>;
  status(): string;
  addHook(hook: RecordingHook): void;
  details(
    question: Question,
    contexts: Contexts,
    hooks: readonly RecordingHook[],
  ): Promise<Details>;
  /** The context that our client last had to answer for. */
  seenContext(): Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}
