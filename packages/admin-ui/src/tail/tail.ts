import type { EvalMessage } from "../live/evaluation-messages.ts";

/** An evaluation as it came in; the id tells equal ones apart. */
export interface TailLine extends EvalMessage {
  readonly id: number;
}

export interface Tail {
  /** Newest first. */
  readonly lines: readonly TailLine[];
  /** How many came in all; the next line's id. */
  readonly heard: number;
  /** How many were left out on the way. */
  readonly dropped: number;
}

export const emptyTail: Tail = { lines: [], heard: 0, dropped: 0 };

/** The tail with what came last, in the order in which it came; only so many lines are kept. */
export function withEvaluations(tail: Tail, came: readonly EvalMessage[], kept: number): Tail {
  const added = came.map((message, at) => ({ ...message, id: tail.heard + at }));
  return {
    lines: [...added.reverse(), ...tail.lines].slice(0, kept),
    heard: tail.heard + came.length,
    dropped: came.reduce((sum, { dropped }) => sum + dropped, tail.dropped),
  };
}

const rateSpanMs = 10_000;

/** Evaluations a second over the last ten: each is in a count, whether or not it came as a line too. */
export function rateOf({ lines }: Tail, now: number): number {
  const recent = lines.filter(({ at, context }) => at > now - rateSpanMs && context === undefined);
  return recent.reduce((sum, { n }) => sum + n, 0) / (rateSpanMs / 1_000);
}
