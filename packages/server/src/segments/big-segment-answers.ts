import type { BigSegmentsAnswer, Context, EvaluationStore, Segment } from "@halyard/evaluation";
import type { Db } from "../storage/database.ts";
import { findMembershipsOf } from "./big-segment-queries.ts";

/** A store that also knows in which big segments the context is. Nothing is read where there are none. */
export async function withBigSegments(
  db: Db,
  served: {
    readonly environmentId: string;
    readonly store: EvaluationStore;
    readonly bigSegments: readonly Segment[];
  },
  context: Context,
): Promise<EvaluationStore> {
  const { store, bigSegments, environmentId } = served;
  if (bigSegments.length === 0) return store;
  const answers = new Map<string, BigSegmentsAnswer>();
  for (const kind of context.kinds) {
    const key = context.individual(kind)?.key;
    if (key === undefined || answers.has(key)) continue;
    const membership = await findMembershipsOf(db, environmentId, key);
    answers.set(key, { membership, status: "HEALTHY" });
  }
  const unknown: BigSegmentsAnswer = { membership: undefined, status: "HEALTHY" };
  return { ...store, bigSegments: (key) => answers.get(key) ?? unknown };
}
