import {
  configurationIn,
  type FlagConfiguration,
  type FlagState,
  type Serve,
} from "@halyard/instructions";
import type { StoredFlag } from "./flag-queries.ts";

interface EnvironmentFacts {
  readonly key: string;
  readonly name: string;
  readonly createdAt: number;
  /** By the key of the flag: the environment's version and time at which it last changed. */
  readonly items: ReadonlyMap<string, { readonly version: number; readonly updatedAt: number }>;
}

/** Where a flag is shown: its project, the environments to show, and the flags that it requires. */
export interface FlagSurroundings {
  readonly projectKey: string;
  readonly environments: readonly EnvironmentFacts[];
  readonly required: ReadonlyMap<string, FlagState>;
}

/** A flag as REST shows it; configurations are those of the environments given. */
export function flagRepresentation(
  { state, version, createdAt }: StoredFlag,
  { projectKey, environments, required }: FlagSurroundings,
): object {
  const indexOf = (id: string) => state.variations.findIndex((variation) => variation.id === id);
  const href = `/api/v2/flags/${projectKey}/${state.key}`;
  return {
    name: state.name,
    kind: state.kind,
    description: state.description,
    key: state.key,
    _version: version,
    creationDate: createdAt,
    includeInSnippet: state.clientSideAvailability.usingEnvironmentId,
    clientSideAvailability: state.clientSideAvailability,
    variations: state.variations.map(({ id, ...variation }) => ({ _id: id, ...variation })),
    temporary: state.temporary,
    tags: state.tags,
    _links: {
      parent: { href: `/api/v2/flags/${projectKey}`, type: "application/json" },
      self: { href, type: "application/json" },
    },
    ...(state.maintainerId === undefined ? {} : { maintainerId: state.maintainerId }),
    ...(state.maintainerTeamKey === undefined
      ? {}
      : { maintainerTeamKey: state.maintainerTeamKey }),
    experiments: { baselineIdx: 0, items: [] },
    customProperties: Object.fromEntries(
      Object.entries(state.customProperties).map(([key, { name, values }]) => [
        key,
        { name, value: values },
      ]),
    ),
    archived: state.archived,
    deprecated: state.deprecated,
    defaults: {
      onVariation: indexOf(state.defaults.onVariationId),
      offVariation: indexOf(state.defaults.offVariationId),
    },
    environments: Object.fromEntries(
      environments.flatMap((environment) => {
        const configuration = configurationIn(state, environment.key);
        if (configuration === undefined) return [];
        return [
          [
            environment.key,
            configurationRepresentation(state, configuration, environment, {
              projectKey,
              required,
            }),
          ],
        ];
      }),
    ),
  };
}

function configurationRepresentation(
  flag: FlagState,
  configuration: FlagConfiguration,
  environment: EnvironmentFacts,
  { projectKey, required }: Pick<FlagSurroundings, "projectKey" | "required">,
): object {
  const indexOf = (id: string) => flag.variations.findIndex((variation) => variation.id === id);
  const { offVariationId, debugEventsUntilDate } = configuration;
  const item = environment.items.get(flag.key);
  const targets = configuration.targets.map(({ contextKind, variationId, values }) => ({
    contextKind,
    variation: indexOf(variationId),
    values,
  }));
  return {
    on: configuration.on,
    archived: flag.archived,
    salt: configuration.salt,
    sel: configuration.salt,
    lastModified: item?.updatedAt ?? environment.createdAt,
    version: item?.version ?? 0,
    targets: targets.filter(({ contextKind }) => contextKind === "user"),
    contextTargets: targets.filter(({ contextKind }) => contextKind !== "user"),
    rules: configuration.rules.map(({ id, clauses, serve, ...rule }) => ({
      _id: id,
      clauses: clauses.map(({ id: _id, ...clause }) => ({ _id, ...clause })),
      ...serveRepresentation(serve, indexOf),
      ...rule,
    })),
    fallthrough: serveRepresentation(configuration.fallthrough, indexOf),
    ...(offVariationId === undefined ? {} : { offVariation: indexOf(offVariationId) }),
    prerequisites: configuration.prerequisites.map(({ key, variationId }) => ({
      key,
      variation: required.get(key)?.variations.findIndex(({ id }) => id === variationId) ?? -1,
    })),
    _site: {
      href: `/p/${projectKey}/flags/${flag.key}/targeting?env=${environment.key}`,
      type: "text/html",
    },
    _environmentName: environment.name,
    trackEvents: configuration.trackEvents,
    trackEventsFallthrough: configuration.trackEventsFallthrough,
    ...(debugEventsUntilDate === undefined ? {} : { _debugEventsUntilDate: debugEventsUntilDate }),
  };
}

function serveRepresentation(serve: Serve, indexOf: (id: string) => number): object {
  if ("variationId" in serve) return { variation: indexOf(serve.variationId) };
  const { weights, kind: _, ...rest } = serve.rollout;
  return {
    rollout: {
      ...rest,
      variations: weights.map(({ variationId, weight, untracked }) => ({
        variation: indexOf(variationId),
        weight,
        ...(untracked === undefined ? {} : { _untracked: true }),
      })),
    },
  };
}
