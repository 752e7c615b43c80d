import type { BigSegmentsAnswer } from "@halyard/evaluation";
import { type Answer, type ArrivedFlags, OurEvaluation } from "./answer.ts";

/** A flag set, and what contexts get from it: made in one place, held against another. */
export interface Vector {
  readonly set: ArrivedFlags;
  readonly cases: readonly Case[];
  /** What the store of big segments is asked, and answers. */
  readonly bigSegments: readonly (readonly [contextKey: string, answer: BigSegmentsAnswer])[];
}

interface Case {
  readonly context: object;
  /** By the flags' keys; null where the context cannot be used. */
  readonly answers: readonly (readonly [flagKey: string, answer: Answer])[] | null;
}

export interface Replay {
  readonly cases: number;
  readonly evaluations: number;
  readonly differences: readonly { readonly context: object; readonly got: string }[];
}

/** Evaluates vectors where this runs, which may be a browser. */
export function replay(vectors: readonly Vector[]): Replay {
  const differences: { context: object; got: string }[] = [];
  let cases = 0;
  let evaluations = 0;
  for (const vector of vectors) {
    const memberships = new Map(vector.bigSegments);
    const evaluation = new OurEvaluation(vector.set, (contextKey) => {
      const answer = memberships.get(contextKey);
      if (answer === undefined) throw new Error(`no case asks of the context "${contextKey}"`);
      return answer;
    });
    for (const { context, answers } of vector.cases) {
      const found = evaluation.answers(context);
      const got = JSON.stringify(found === undefined ? null : [...found]);
      cases += 1;
      evaluations += found?.size ?? 0;
      if (got !== JSON.stringify(answers)) differences.push({ context, got });
    }
  }
  return { cases, evaluations, differences };
}
