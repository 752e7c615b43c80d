import { listOf } from "./clause.ts";
import type { Flag, Json } from "./model.ts";
import type { EvaluationResult, Reason } from "./reason.ts";
import { MalformedFlag, type Run } from "./run.ts";

/** Gives the result of an evaluation; throws {@link MalformedFlag} where the flag has none. */
export type Serve = (run: Run) => EvaluationResult;

/** Serves a variation: the same result each time, so that evaluating makes nothing new. */
export function serveVariation(flag: Flag, variation: number, reason: Reason): Serve {
  const result = resultOf(flag, variation, reason);
  if (result !== undefined) return () => result;
  return () => {
    throw new MalformedFlag(`there is no variation ${variation}`);
  };
}

/** Serves what the flag gives while it is off: where it names nothing, the app's own fallback. */
export function serveOff(flag: Flag, reason: Reason): Serve {
  const { offVariation } = flag;
  if (typeof offVariation === "number") return serveVariation(flag, offVariation, reason);
  const result = Object.freeze({
    value: null,
    variationIndex: null,
    reason: Object.freeze(reason),
  });
  return () => result;
}

/** Undefined where the flag does not have the variation. Frozen: all who ask get the same. */
function resultOf(
  flag: Flag,
  variationIndex: number,
  reason: Reason,
): EvaluationResult | undefined {
  const value: Json | undefined = listOf(flag.variations)[variationIndex];
  if (value === undefined) return undefined;
  return Object.freeze({ value, variationIndex, reason: Object.freeze(reason) });
}
