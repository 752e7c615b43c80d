import { listOf } from "./clause.ts";
import type { Flag, Json } from "./model.ts";
import type { EvaluationResult, Reason } from "./reason.ts";
import { MalformedFlag, type Run } from "./run.ts";

/**
 * What is served: a result, the same each time, so that evaluating makes nothing; or what finds one
 * for the context, and throws {@link MalformedFlag} where the flag has none.
 */
export type Serving = EvaluationResult | ((run: Run) => EvaluationResult);

export function serve(serving: Serving, run: Run): EvaluationResult {
  return typeof serving === "function" ? serving(run) : serving;
}

export function servingVariation(flag: Flag, variation: number, reason: Reason): Serving {
  const fail = (): never => {
    throw new MalformedFlag(`there is no variation ${variation}`);
  };
  return variationResult(flag, variation, reason) ?? fail;
}

/** What the flag serves while it is off: where it names nothing, the app's own fallback. */
export function servingOff(flag: Flag, reason: Reason): Serving {
  const { offVariation } = flag;
  if (typeof offVariation === "number") return servingVariation(flag, offVariation, reason);
  return nothing(reason);
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
