import { randomUUID } from "node:crypto";
import type {
  FlagConfiguration,
  FlagState,
  FlagTarget,
  FlagVariation,
  Serve,
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
      variations: z.array(z.object({ variation: z.int(), weight: z.number() })),
    })
    .optional(),
});
const WantedTarget = z.object({
  contextKind: z.string().optional(),
  variation: z.int(),
  values: z.array(z.string()),
});

/** A flag's configuration in one environment as a patch may leave its representation. */
export const WantedConfiguration = z.object({
  on: z.boolean(),
  targets: z.array(WantedTarget).default([]),
  contextTargets: z.array(WantedTarget).default([]),
  rules: z
    .array(
      WantedServe.extend({
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
      }),
    )
    .default([]),
  fallthrough: WantedServe,
  offVariation: z.int().optional(),
  prerequisites: z.array(z.object({ key: z.string(), variation: z.int() })).default([]),
  trackEvents: z.boolean(),
  trackEventsFallthrough: z.boolean(),
});
type WantedConfiguration = z.infer<typeof WantedConfiguration>;

/** The configuration that a patched representation stands for; members not `changed` stay as they are. */
export function configurationOf(
  before: FlagConfiguration,
  wanted: WantedConfiguration,
  {
    changed,
    variations,
    required,
  }: {
    changed: ReadonlySet<string>;
    variations: readonly FlagVariation[];
    required: ReadonlyMap<string, FlagState>;
  },
): FlagConfiguration {
  const { offVariationId, ...rest } = before;
  const off = changed.has("offVariation")
    ? wanted.offVariation === undefined
      ? undefined
      : variationAt(variations, wanted.offVariation, "offVariation")
    : offVariationId;
  return {
    ...rest,
    ...(off === undefined ? {} : { offVariationId: off }),
    on: wanted.on,
    trackEvents: wanted.trackEvents,
    trackEventsFallthrough: wanted.trackEventsFallthrough,
    targets:
      changed.has("targets") || changed.has("contextTargets")
        ? targetsOf(wanted, variations)
        : before.targets,
    rules: changed.has("rules") ? rulesOf(wanted, variations) : before.rules,
    fallthrough: changed.has("fallthrough")
      ? serveOf(wanted.fallthrough, variations, "fallthrough")
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
  };
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

function targetsOf(
  { targets, contextTargets }: WantedConfiguration,
  variations: readonly FlagVariation[],
): readonly FlagTarget[] {
  const translated = (kind: string) => (target: z.infer<typeof WantedTarget>) => ({
    contextKind: target.contextKind ?? kind,
    variationId: variationAt(variations, target.variation, "targets"),
    values: target.values,
  });
  // The older shape mirrors users in both lists; there they carry no values.
  const others = contextTargets.filter(
    ({ contextKind, values }) => contextKind !== "user" || values.length > 0,
  );
  return [...targets.map(translated("user")), ...others.map(translated("user"))];
}

function rulesOf({ rules }: WantedConfiguration, variations: readonly FlagVariation[]) {
  return rules.map(({ _id, description, trackEvents, clauses, variation, rollout }, index) => ({
    id: _id,
    ...(description === undefined ? {} : { description }),
    trackEvents,
    serve: serveOf({ variation, rollout }, variations, `rules/${index}`),
    clauses: clauses.map(({ _id: id, contextKind, ...clause }) => ({
      id,
      ...(contextKind === undefined ? {} : { contextKind }),
      ...clause,
    })),
  }));
}

function serveOf(
  { variation, rollout }: z.infer<typeof WantedServe>,
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
  return {
    rollout: {
      ...(contextKind === undefined ? {} : { contextKind }),
      ...(bucketBy === undefined ? {} : { bucketBy }),
      ...(seed === undefined ? {} : { seed }),
      weights: weights.map((one) => ({
        variationId: variationAt(variations, one.variation, place),
        weight: one.weight,
      })),
    },
  };
}
