import { parseReference } from "./attribute-reference.ts";
import { bucketOf } from "./bucket.ts";
import { isOldStyle, kindOf, listOf } from "./clause.ts";
import type { Flag, Rollout, VariationOrRollout, WeightedVariation } from "./model.ts";
import { MalformedFlag, type Run } from "./run.ts";

interface Choice {
  readonly variation: number;
  readonly inExperiment: boolean;
}

export type Choose = (run: Run) => Choice;

/** Makes ready what a rule or the fallthrough serves. */
export function compileServing(serving: VariationOrRollout | null | undefined, flag: Flag): Choose {
  const variation = serving?.variation;
  if (variation !== undefined && variation !== null) {
    const choice = { variation, inExperiment: false };
    return () => choice;
  }
  const rollout = serving?.rollout;
  if (listOf(rollout?.variations).length === 0 || rollout === undefined || rollout === null) {
    return () => {
      throw new MalformedFlag("neither a variation nor a rollout is given");
    };
  }
  return compileRollout(rollout, flag);
}

function compileRollout(rollout: Rollout, flag: Flag): Choose {
  const weights = listOf(rollout.variations);
  const isExperiment = rollout.kind === "experiment";
  const bucketBy = isExperiment || isOldStyle(rollout.bucketBy) ? "key" : rollout.bucketBy;
  const reference = parseReference(bucketBy, isOldStyle(rollout.contextKind));
  const kind = kindOf(rollout);
  // The JavaScript SDKs take a seed of 0 for none; every context has to land where it lands there.
  const hasSeed = typeof rollout.seed === "number" && rollout.seed !== 0;
  const prefix = hasSeed ? String(rollout.seed) : `${flag.key}.${flag.salt ?? ""}`;
  return (run) => {
    if (!reference.isValid) throw new MalformedFlag(`"${bucketBy}" cannot be bucketed by`);
    const { place, hasKind } = bucketOf(run.context, kind, reference, prefix);
    const { chosen, from, to } = chosenAt(place, weights);
    run.onStep?.({ kind: "bucket", place, from, to, variation: chosen.variation });
    return {
      variation: chosen.variation,
      inExperiment: isExperiment && hasKind && chosen.untracked !== true,
    };
  };
}

/** The entry that a place falls into; past the end of the weights it is the last one. */
function chosenAt(
  place: number,
  weights: readonly WeightedVariation[],
): { chosen: WeightedVariation; from: number; to: number } {
  let from = 0;
  for (const chosen of weights) {
    const to = from + chosen.weight / 100_000;
    if (place < to) return { chosen, from, to };
    from = to;
  }
  const last = weights.at(-1);
  if (last === undefined) throw new MalformedFlag("the rollout has no variations");
  return { chosen: last, from, to: 1 };
}
