import type { FlagConfiguration, FlagRule, FlagState, Serve } from "@halyard/instructions";
import type {
  ConfigurationRepresentation,
  FlagRepresentation,
  RuleRepresentation,
  ServedRepresentation,
  TargetRepresentation,
} from "./flag-representation.ts";

/** Which variation of another flag an index means: prerequisites name one. */
export type VariationOfFlag = (flagKey: string, index: number) => string | undefined;

/**
 * The state that instructions work on, of a flag as REST shows it. A prerequisite whose flag is not
 * known keeps an id that no variation has, so it is never met.
 */
export function flagStateOf(flag: FlagRepresentation, variationOf: VariationOfFlag): FlagState {
  const idOf = (index: number) => flag.variations[index]?._id ?? unknownVariation;
  const { stageCount, contextKind } = flag.migrationSettings ?? {};
  return {
    key: flag.key,
    name: flag.name,
    description: flag.description,
    kind: flag.kind,
    variations: flag.variations.map(({ _id: id, ...variation }) => ({ id, ...variation })),
    tags: flag.tags,
    temporary: flag.temporary,
    archived: flag.archived,
    deprecated: flag.deprecated,
    ...(flag.maintainerId === undefined ? {} : { maintainerId: flag.maintainerId }),
    ...(flag.maintainerTeamKey === undefined ? {} : { maintainerTeamKey: flag.maintainerTeamKey }),
    clientSideAvailability: flag.clientSideAvailability,
    customProperties: Object.fromEntries(
      Object.entries(flag.customProperties).map(([key, { name, value }]) => [
        key,
        { name, values: value },
      ]),
    ),
    ...(stageCount === 2 || stageCount === 4 || stageCount === 6
      ? { migration: { stageCount, ...(contextKind === undefined ? {} : { contextKind }) } }
      : {}),
    defaults: {
      onVariationId: idOf(flag.defaults.onVariation),
      offVariationId: idOf(flag.defaults.offVariation),
    },
    environments: Object.fromEntries(
      Object.entries(flag.environments).map(([key, configuration]) => [
        key,
        configurationOf(configuration, idOf, variationOf),
      ]),
    ),
  };
}

const unknownVariation = "";

function configurationOf(
  shown: ConfigurationRepresentation,
  idOf: (index: number) => string,
  variationOf: VariationOfFlag,
): FlagConfiguration {
  const { offVariation, _debugEventsUntilDate, migrationSettings, expiringTargets } = shown;
  return {
    on: shown.on,
    salt: shown.salt,
    prerequisites: shown.prerequisites.map(({ key, variation }) => ({
      key,
      variationId: variationOf(key, variation) ?? unknownVariation,
    })),
    targets: inOrder(shown).map(({ contextKind, variation, values }) => ({
      contextKind,
      variationId: idOf(variation),
      values,
    })),
    ...(expiringTargets === undefined || expiringTargets.length === 0 ? {} : { expiringTargets }),
    rules: shown.rules.map((rule) => ruleOf(rule, idOf)),
    fallthrough: serveOf(shown.fallthrough, idOf),
    ...(offVariation === undefined ? {} : { offVariationId: idOf(offVariation) }),
    trackEvents: shown.trackEvents,
    trackEventsFallthrough: shown.trackEventsFallthrough,
    ...(_debugEventsUntilDate === undefined ? {} : { debugEventsUntilDate: _debugEventsUntilDate }),
    ...(migrationSettings?.checkRatio === undefined
      ? {}
      : { checkRatio: migrationSettings.checkRatio }),
  };
}

/** An entry for users among the context targets, without keys, keeps the place of their list. */
function inOrder({
  targets,
  contextTargets,
}: ConfigurationRepresentation): readonly TargetRepresentation[] {
  if (contextTargets.length === 0) return targets;
  return contextTargets.flatMap((target) =>
    target.contextKind === "user"
      ? targets.filter(({ variation }) => variation === target.variation)
      : [target],
  );
}

function ruleOf(rule: RuleRepresentation, idOf: (index: number) => string): FlagRule {
  return {
    id: rule._id,
    ...(rule.description === undefined ? {} : { description: rule.description }),
    clauses: rule.clauses.map(({ _id: id, ...clause }) => ({ id, ...clause })),
    serve: serveOf(rule, idOf),
    trackEvents: rule.trackEvents,
  };
}

function serveOf(
  { variation, rollout }: ServedRepresentation,
  idOf: (index: number) => string,
): Serve {
  if (rollout === undefined) return { variationId: idOf(variation ?? -1) };
  const { variations, ...how } = rollout;
  const weights = variations.map((part) => ({
    variationId: idOf(part.variation),
    weight: part.weight,
    ...(part._untracked === true ? { untracked: true as const } : {}),
  }));
  return { rollout: { ...how, weights } };
}
