import { parseReference } from "./attribute-reference.ts";
import { Buckets } from "./bucket.ts";
import { isOldStyle, kindOf, listOf } from "./clause.ts";
import type { Flag, Rollout, VariationOrRollout } from "./model.ts";
import type { Reason } from "./reason.ts";
import { MalformedFlag } from "./run.ts";
import { type Serving, serve, servingVariation } from "./serve.ts";

/** The reason for what is served, inside an experiment or not. */
type ReasonFor = (inExperiment: boolean) => Reason;

/** Makes ready what a rule or the fallthrough serves. */
export function compileServing(
  serving: VariationOrRollout | null | undefined,
  flag: Flag,
  reasonFor: ReasonFor,
): Serving {
  const variation = serving?.variation;
  if (variation !== undefined && variation !== null) {
    return servingVariation(flag, variation, reasonFor(false));
  }
  const rollout = serving?.rollout;
  if (listOf(rollout?.variations).length === 0 || rollout === undefined || rollout === null) {
    return () => {
      throw new MalformedFlag("neither a variation nor a rollout is given");
    };
  }
  return compileRollout(rollout, flag, reasonFor);
}

function compileRollout(rollout: Rollout, flag: Flag, reasonFor: ReasonFor): Serving {
  const isExperiment = rollout.kind === "experiment";
  const bucketBy = isExperiment || isOldStyle(rollout.bucketBy) ? "key" : rollout.bucketBy;
  const reference = parseReference(bucketBy, isOldStyle(rollout.contextKind));
  // The JavaScript SDKs take a seed of 0 for none; every context has to land where it lands there.
  const hasSeed = typeof rollout.seed === "number" && rollout.seed !== 0;
  const prefix = hasSeed ? String(rollout.seed) : `${flag.key}.${flag.salt ?? ""}`;
  const buckets = new Buckets(kindOf(rollout), reference, prefix);
  const parts = partsOf(rollout, flag, reasonFor);
  return (run) => {
    if (!reference.isValid) throw new MalformedFlag(`"${bucketBy}" cannot be bucketed by`);
    const place = buckets.placeOf(run.context);
    const { variation, from, to, serving, tracked } = partAt(place, parts);
    run.onStep?.({ kind: "bucket", place, from, to, variation });
    const isTracked = isExperiment && tracked !== undefined && buckets.canPlace(run.context);
    return serve(isTracked ? tracked : serving, run);
  };
}

/** What a rollout gives to the places from one up to the next. */
interface Part {
  readonly variation: number;
  readonly from: number;
  readonly to: number;
  readonly serving: Serving;
  /** What is served to those that count in an experiment; undefined where nobody does. */
  readonly tracked: Serving | undefined;
}

function partsOf(rollout: Rollout, flag: Flag, reasonFor: ReasonFor): readonly Part[] {
  let from = 0;
  return listOf(rollout.variations).map(({ variation, weight, untracked }) => {
    const to = from + weight / 100_000;
    const serving = servingVariation(flag, variation, reasonFor(false));
    const tracked =
      untracked === true ? undefined : servingVariation(flag, variation, reasonFor(true));
    const part = { variation, from, to, serving, tracked };
    from = to;
    return part;
  });
}

/** The part that a place falls into; past the end of the weights it is the last one. */
function partAt(place: number, parts: readonly Part[]): Part {
  for (const part of parts) if (place < part.to) return part;
  const last = parts.at(-1);
  if (last === undefined) throw new MalformedFlag("the rollout has no variations");
  return last;
}
