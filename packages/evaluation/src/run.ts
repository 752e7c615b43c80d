import type { Context } from "./context.ts";
import type { ExplanationStep } from "./explanation-step.ts";
import type { Flag, Segment } from "./model.ts";
import type { BigSegmentsStatus, EvaluationResult } from "./reason.ts";

/** Where flags and segments are found by key; deleted ones are not there. */
export interface EvaluationStore {
  flag(key: string): Flag | undefined;
  segment(key: string): Segment | undefined;
  /** Membership in big segments by context key; absent where none are set up. */
  readonly bigSegments?: (contextKey: string) => BigSegmentsAnswer;
}

export interface BigSegmentsAnswer {
  /** By `KEY.gGENERATION`; undefined where the context is in none and out of none. */
  readonly membership: Readonly<Record<string, boolean>> | undefined;
  readonly status: BigSegmentsStatus;
}

/** Hears of each prerequisite that was evaluated on the way, and of the flag that asked for it. */
export type OnPrerequisite = (
  flag: Flag,
  result: EvaluationResult,
  prerequisiteOf: Flag,
  context: Context,
) => void;

/** What one evaluation carries along. */
export interface Run {
  readonly context: Context;
  readonly store: EvaluationStore;
  readonly onPrerequisite: OnPrerequisite | undefined;
  readonly onStep: ((step: ExplanationStep) => void) | undefined;
  /** Keys on the current path, so that a cycle is seen; most runs need neither. */
  flags: string[] | undefined;
  segments: string[] | undefined;
  /** Undefined until a big segment is asked. */
  big: BigSegmentsUse | undefined;
  /** Clauses ask for segments, whose rules are clauses: this knot is tied where a run begins. */
  readonly isInSegment: (key: string, run: Run) => boolean;
}

/** What a run has learnt of big segments: each context key is looked up once. */
export interface BigSegmentsUse {
  readonly answers: Map<string, BigSegmentsAnswer>;
  status: BigSegmentsStatus | undefined;
}

/** Ends an evaluation whose flag or segment cannot be understood; it never leaves this package. */
export class MalformedFlag extends Error {
  override readonly name = "MalformedFlag";
}
