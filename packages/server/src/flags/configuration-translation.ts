import { randomUUID } from "node:crypto";
import {
  type FlagConfiguration,
  type FlagState,
  type FlagTarget,
  type FlagVariation,
  isSame,
  type Serve,
  withLiveTargets,
} from "@halyard/instructions";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { JsonValue } from "../http/json-value.ts";

const newId = z.string().default(() => randomUUID());
const WantedServe = z.object({
  variation: z.int().optional(),
  rollout: z
    .object({
      contextKind: z.string().optional(),
      bucketBy: z.string().optional(),
      seed: z.int().optional(),
      variations: z.array(
        z.object({
          variation: z.int(),
          weight: z.number(),
          _untracked: z.boolean().optional(),
        }),
      ),
    })
    .optional(),
});
type WantedServe = z.infer<typeof WantedServe>;
const WantedTarget = z.object({
  contextKind: z.string().optional(),
  variation: z.int(),
  values: z.array(z.string()),
});
const WantedRule = WantedServe.extend({
  _id: newId,
  description: z.string().optional(),
  trackEvents: z.boolean().default(false),
  clauses: z.array(
    z.object({
      _id: newId,
      contextKind: z.string().optional(),
      attribute: z.string(),
      op: z.string(),
      negate: z.boolean().default(false),
      values: z.array(JsonValue),
    }),
  ),
});

/** A flag's configuration in one environment as a patch may leave its representation. */
export const WantedConfiguration = z.object({
  on: z.boolean(),
  salt: z.string().min(1),
  /** The older name of the salt. */
  sel: z.string().min(1),
  /** Shown here too, and the same in every environment. */
  archived: z.boolean(),
  targets: z.array(WantedTarget).default([]),
  contextTargets: z.array(WantedTarget).default([]),
  rules: z.array(WantedRule).default([]),
  fallthrough: WantedServe,
  offVariation: z.int().optional(),
  prerequisites: z.array(z.object({ key: z.string(), variation: z.int() })).default([]),
  trackEvents: z.boolean(),
  trackEventsFallthrough: z.boolean(),
  migrationSettings: z.object({ checkRatio: z.int().min(1).default(1) }).optional(),
});
type WantedConfiguration = z.infer<typeof WantedConfiguration>;

/** The members that name variations by their place in the flag's list. */
export const membersWithIndexes = [
  "targets",
  "contextTargets",
  "rules",
  "fallthrough",
  "offVariation",
] as const;

interface Translation {
  /** As it was shown, in the same form as what is wanted. */
  readonly shown: WantedConfiguration;
  readonly changed: ReadonlySet<string>;
  readonly variations: readonly FlagVariation[];
  readonly required: ReadonlyMap<string, FlagState>;
}

/** The configuration that a patched representation stands for; members not `changed` stay as they are. */
export function configurationOf(
  before: FlagConfiguration,
  wanted: WantedConfiguration,
  { shown, changed, variations, required }: Translation,
): FlagConfiguration {
  const { offVariationId, checkRatio: _, ...rest } = before;
  const off = changed.has("offVariation")
    ? wanted.offVariation === undefined
      ? undefined
      : variationAt(variations, wanted.offVariation, "offVariation")
    : offVariationId;
  const checkRatio = wanted.migrationSettings?.checkRatio;
  return withLiveTargets({
    ...rest,
    ...(off === undefined ? {} : { offVariationId: off }),
    ...(checkRatio === undefined ? {} : { checkRatio }),
    on: wanted.on,
    salt: changed.has("sel") ? wanted.sel : wanted.salt,
    trackEvents: wanted.trackEvents,
    trackEventsFallthrough: wanted.trackEventsFallthrough,
    targets:
      changed.has("targets") || changed.has("contextTargets")
        ? targetsOf(wanted, variations, before.targets)
        : before.targets,
    rules: changed.has("rules") ? rulesOf(wanted, variations, { before, shown }) : before.rules,
    fallthrough: changed.has("fallthrough")
      ? serveOf(chosen(wanted.fallthrough, shown.fallthrough), variations, "fallthrough")
      : before.fallthrough,
    prerequisites: changed.has("prerequisites")
      ? wanted.prerequisites.map(({ key, variation }) => ({
          key,
          variationId: variationAt(
            required.get(key)?.variations ?? [],
            variation,
            `prerequisites, flag "${key}"`,
          ),
        }))
      : before.prerequisites,
  });
}

/** The id of a variation that a representation names by its place. */
export function variationAt(
  variations: readonly FlagVariation[],
  index: number,
  place: string,
): string {
  const variation = variations[index];
  if (variation !== undefined) return variation.id;
  throw new DomainError(
    "invalid_request",
    `the patch names variation ${index} at ${place}, and there are ${variations.length}; count from 0`,
  );
}

/** In the order that they had: the representation shows users in a list of their own. */
function targetsOf(
  { targets, contextTargets }: WantedConfiguration,
  variations: readonly FlagVariation[],
  before: readonly FlagTarget[],
): readonly FlagTarget[] {
  // The older shape mirrors users in both lists; there they carry no values.
  const wanted = [...targets, ...contextTargets]
    .filter(({ values }) => values.length > 0)
    .map(({ contextKind = "user", variation, values }) => ({
      contextKind,
      variationId: variationAt(variations, variation, "targets"),
      values,
    }));
  const placeOf = ({ contextKind, variationId }: FlagTarget) => {
    const place = before.findIndex(
      (known) => known.contextKind === contextKind && known.variationId === variationId,
    );
    return place === -1 ? before.length : place;
  };
  return wanted.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function rulesOf(
  { rules }: WantedConfiguration,
  variations: readonly FlagVariation[],
  { before, shown }: { before: FlagConfiguration; shown: WantedConfiguration },
) {
  return rules.map(({ _id, description, trackEvents, clauses, variation, rollout }, index) => {
    const known = before.rules.find(({ id }) => id === _id)?.serve;
    const was = shown.rules.find((rule) => rule._id === _id);
    // Not all of an experiment is shown: what is served stays as it is where nobody touched it.
    const isUntouched =
      isSame(was?.variation, variation) && isSame(was?.rollout ?? null, rollout ?? null);
    return {
      id: _id,
      ...(description === undefined ? {} : { description }),
      trackEvents,
      serve:
        known !== undefined && isUntouched
          ? known
          : serveOf(chosen({ variation, rollout }, was), variations, `rules/${index}`),
      clauses: clauses.map(({ _id: id, contextKind, ...clause }) => ({
        id,
        ...(contextKind === undefined ? {} : { contextKind }),
        ...clause,
      })),
    };
  });
}

/** A variation or a rollout: where a patch put one beside the other, it is the new one that is meant. */
function chosen({ variation, rollout }: WantedServe, was: WantedServe | undefined): WantedServe {
  if (rollout === undefined) return { variation };
  return variation === undefined || variation === was?.variation ? { rollout } : { variation };
}

function serveOf(
  { variation, rollout }: WantedServe,
  variations: readonly FlagVariation[],
  place: string,
): Serve {
  if (variation !== undefined) return { variationId: variationAt(variations, variation, place) };
  if (rollout === undefined) {
    throw new DomainError(
      "invalid_request",
      `the patch leaves ${place} without variation or rollout`,
    );
  }
  const { contextKind, bucketBy, seed, variations: weights } = rollout;
  const isExperiment = weights.some(({ _untracked }) => _untracked === true);
  return {
    rollout: {
      ...(isExperiment ? { kind: "experiment" as const } : {}),
      ...(contextKind === undefined ? {} : { contextKind }),
      ...(bucketBy === undefined ? {} : { bucketBy }),
      ...(seed === undefined ? {} : { seed }),
      weights: weights.map((one) => ({
        variationId: variationAt(variations, one.variation, place),
        weight: one.weight,
        ...(one._untracked === true ? { untracked: true as const } : {}),
      })),
    },
  };
}
