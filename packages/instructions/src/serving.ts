import { Refusal } from "./outcome.ts";
import type { FlagState, Serve } from "./state.ts";

interface ServingInput {
  readonly variationId?: string | undefined;
  readonly rolloutWeights?: Readonly<Record<string, number>> | undefined;
  readonly rolloutBucketBy?: string | undefined;
  readonly rolloutContextKind?: string | undefined;
  readonly rolloutSeed?: number | undefined;
  /** Given where the split is an experiment: the variations that are left out of it. */
  readonly experimentUntracked?: readonly string[] | undefined;
}

const everyone = 100_000;

/** Checks what is to be served: a variation, or weights that sum to everyone. */
export function newServe(input: ServingInput, flag: FlagState): Serve {
  const { variationId, rolloutWeights } = input;
  if ((variationId === undefined) === (rolloutWeights === undefined)) {
    throw new Refusal("give either variationId or rolloutWeights");
  }
  if (variationId !== undefined) return { variationId: knownVariation(flag, variationId) };
  const weights = Object.entries(rolloutWeights ?? {}).map(([id, weight]) => ({
    variationId: knownVariation(flag, id),
    weight,
    ...(input.experimentUntracked?.includes(id) === true ? { untracked: true as const } : {}),
  }));
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  if (sum !== everyone) {
    throw new Refusal(
      `rolloutWeights sum to ${sum}; make them sum to ${everyone} (thousandths of a percent)`,
    );
  }
  return {
    rollout: {
      ...(input.experimentUntracked === undefined ? {} : { kind: "experiment" as const }),
      ...(input.rolloutContextKind === undefined ? {} : { contextKind: input.rolloutContextKind }),
      ...(input.rolloutBucketBy === undefined ? {} : { bucketBy: input.rolloutBucketBy }),
      ...(input.rolloutSeed === undefined ? {} : { seed: input.rolloutSeed }),
      weights,
    },
  };
}

/** What {@link newServe} would make this of. */
export function servingInput(serve: Serve): ServingInput {
  if ("variationId" in serve) return { variationId: serve.variationId };
  const { kind, contextKind, bucketBy, seed, weights } = serve.rollout;
  const untracked = weights.filter((one) => one.untracked === true);
  return {
    rolloutWeights: Object.fromEntries(
      weights.map(({ variationId, weight }) => [variationId, weight]),
    ),
    ...(contextKind === undefined ? {} : { rolloutContextKind: contextKind }),
    ...(bucketBy === undefined ? {} : { rolloutBucketBy: bucketBy }),
    ...(seed === undefined ? {} : { rolloutSeed: seed }),
    ...(kind === undefined
      ? {}
      : { experimentUntracked: untracked.map(({ variationId }) => variationId) }),
  };
}

export function knownVariation(flag: FlagState, variationId: string): string {
  if (flag.variations.some(({ id }) => id === variationId)) return variationId;
  const known = flag.variations
    .map(({ id, value }) => `${id} (${JSON.stringify(value)})`)
    .join(", ");
  throw new Refusal(`there is no variation "${variationId}"; use one of ${known}`);
}

/** The ids of the variations that may be served. */
export function servedVariations(serve: Serve): readonly string[] {
  return "variationId" in serve
    ? [serve.variationId]
    : serve.rollout.weights.map(({ variationId }) => variationId);
}
