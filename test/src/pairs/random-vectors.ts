import type { BigSegmentsAnswer } from "@halyard/evaluation";
import { type ArrivedFlags, OurEvaluation } from "./answer.ts";
import { bigSegments } from "./big-segments.ts";
import { Random } from "./random.ts";
import type { Wildness } from "./random-clause.ts";
import { randomContext } from "./random-context.ts";
import { randomFlagSet } from "./random-flag-set.ts";
import type { Vector } from "./vector.ts";

/** Vectors by the evaluation in this process, the same for the same seed. */
export function randomVectors(size: {
  readonly seed: number;
  readonly wildness: Wildness;
  readonly sets: number;
  readonly contexts: number;
}): Vector[] {
  return Array.from({ length: size.sets }, (_, index) => {
    const random = new Random(size.seed + index);
    const json = JSON.stringify(randomFlagSet(random, size.wildness));
    const asked = new Map<string, BigSegmentsAnswer>();
    const evaluation = new OurEvaluation(JSON.parse(json) as ArrivedFlags, (contextKey) => {
      const answer = bigSegments(contextKey);
      asked.set(contextKey, answer);
      return answer;
    });
    const cases = Array.from({ length: size.contexts }, () => {
      const context = randomContext(random);
      const answers = evaluation.answers(context);
      return { context, answers: answers === undefined ? null : [...answers] };
    });
    return { set: JSON.parse(json) as ArrivedFlags, cases, bigSegments: [...asked] };
  });
}
