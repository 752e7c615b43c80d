import { listOf } from "./clause.ts";
import type { Flag, Json } from "./model.ts";
import type { EvaluationResult, Reason } from "./reason.ts";
import { MalformedFlag, type Run } from "./run.ts";

/** Gives the result of an evaluation; throws {@link MalformedFlag} where the flag has none. */
export type Serve = (run: Run) => EvaluationResult;

/** Serves a variation: the same result each time, so that evaluating makes nothing new. */
export function serveVariation(flag: Flag, variation: number, reason: Reason): Serve {
  const result = variationResult(flag, variation, reason);
  if (result !== undefined) return () => result;
  return () => {
    throw new MalformedFlag(`there is no variation ${variation}`);
  };
}

/** Serves what the flag gives while it is off: where it names nothing, the app's own fallback. */
export function serveOff(flag: Flag, reason: Reason): Serve {
  const { offVariation } = flag;
  if (typeof offVariation === "number") return serveVariation(flag, offVariation, reason);
  const result = nothing(reason);
  return () => result;
}

/** What the flag gives while it is off; undefined where it names a variation it does not have. */
export function offResult(flag: Flag, reason: Reason): EvaluationResult | undefined {
  const { offVariation } = flag;
  return typeof offVariation === "number"
    ? variationResult(flag, offVariation, reason)
    : nothing(reason);
}

function nothing(reason: Reason): EvaluationResult {
  return Object.freeze({ value: null, variationIndex: null, reason: Object.freeze(reason) });
}

/** Undefined where the flag does not have the variation. Frozen: all who ask get the same. */
export function variationResult(
  flag: Flag,
  variationIndex: number,
  reason: Reason,
): EvaluationResult | undefined {
  const value: Json | undefined = listOf(flag.variations)[variationIndex];
  if (value === undefined) return undefined;
  return Object.freeze({ value, variationIndex, reason: Object.freeze(reason) });
}
