import {
  configurationIn,
  type FlagConfiguration,
  type FlagState,
  type Serve,
} from "@halyard/instructions";
import { z } from "zod";
import { JsonValue } from "../http/json-value.ts";
import { Link, linkTo } from "../http/paging.ts";
import { memberSummary } from "../members/member-representation.ts";
import { likenessOf } from "./flag-likeness.ts";
import type { Maintainers } from "./flag-maintainer.ts";
import type { StoredFlag } from "./flag-queries.ts";

const Index = z.int();
const Time = z.int().describe("Unix milliseconds.");
const Split = z.object({
  contextKind: z.string().optional(),
  bucketBy: z.string().optional(),
  seed: z.int().optional(),
  variations: z.array(
    z.object({
      variation: Index,
      weight: z.number().describe("Thousandths of a percent."),
      _untracked: z.boolean().optional(),
    }),
  ),
});
const Served = z.object({ variation: Index.optional(), rollout: Split.optional() });
const Clause = z.object({
  _id: z.string(),
  contextKind: z.string().optional(),
  attribute: z.string(),
  op: z.string(),
  negate: z.boolean(),
  values: z.array(JsonValue).readonly(),
});
const Rule = Served.extend({
  _id: z.string(),
  description: z.string().optional(),
  clauses: z.array(Clause),
  trackEvents: z.boolean(),
});
const Target = z.object({
  contextKind: z.string(),
  variation: Index,
  values: z.array(z.string()).readonly(),
});
const VariationSummary = z.object({
  rules: z.int(),
  nullRules: z.int(),
  targets: z.int(),
  contextTargets: z.int(),
  isFallthrough: z.boolean().optional(),
  isOff: z.boolean().optional(),
  rollout: z.number().optional(),
});

/** How a flag behaves in one environment, as REST shows it. */
const FlagConfigurationRepresentation = z
  .object({
    on: z.boolean(),
    archived: z.boolean(),
    salt: z.string(),
    sel: z.string(),
    lastModified: Time,
    version: z.int(),
    targets: z.array(Target).optional(),
    contextTargets: z.array(Target).optional(),
    rules: z.array(Rule).optional(),
    fallthrough: Served.optional(),
    offVariation: Index.optional(),
    prerequisites: z.array(z.object({ key: z.string(), variation: Index })).optional(),
    _site: Link,
    _environmentName: z.string(),
    trackEvents: z.boolean(),
    trackEventsFallthrough: z.boolean(),
    _debugEventsUntilDate: Time.optional(),
    _summary: z
      .object({
        variations: z.record(z.string(), VariationSummary),
        prerequisites: z.int(),
        rules: z.int().describe("Those that lead to a split as well."),
        likeness: z
          .string()
          .describe(
            "The same where environments serve the flag alike; salts and ids do not count.",
          ),
      })
      .optional()
      .describe("In place of targets, rules and prerequisites, where a list is asked for."),
    evaluation: z.object({ contextKinds: z.array(z.string()).readonly() }).optional(),
    migrationSettings: z.object({ checkRatio: z.int().optional() }).optional(),
  })
  .meta({ id: "FlagConfiguration" });

/** A flag as REST shows it. */
export const FlagRepresentation = z
  .object({
    name: z.string(),
    kind: z.enum(["boolean", "multivariate"]),
    description: z.string(),
    key: z.string(),
    _version: z.int(),
    creationDate: Time,
    includeInSnippet: z.boolean(),
    clientSideAvailability: z.object({
      usingMobileKey: z.boolean(),
      usingEnvironmentId: z.boolean(),
    }),
    variations: z.array(
      z.object({
        _id: z.string(),
        value: JsonValue,
        name: z.string().optional(),
        description: z.string().optional(),
      }),
    ),
    temporary: z.boolean(),
    tags: z.array(z.string()).readonly(),
    _links: z.object({ parent: Link, self: Link }),
    maintainerId: z.string().optional(),
    _maintainer: z
      .object({
        _id: z.string(),
        firstName: z.string(),
        lastName: z.string(),
        role: z.string(),
        email: z.string(),
        _links: z.object({ self: Link }),
      })
      .optional(),
    maintainerTeamKey: z.string().optional(),
    _maintainerTeam: z
      .object({ key: z.string(), name: z.string(), _links: z.object({ self: Link }) })
      .optional(),
    experiments: z.object({ baselineIdx: Index, items: z.array(z.unknown()) }),
    customProperties: z.record(
      z.string(),
      z.object({ name: z.string(), value: z.array(z.string()).readonly() }),
    ),
    archived: z.boolean(),
    archivedDate: Time.optional(),
    deprecated: z.boolean(),
    deprecatedDate: Time.optional(),
    _purpose: z.string().optional(),
    migrationSettings: z
      .object({ contextKind: z.string().optional(), stageCount: z.int().optional() })
      .optional(),
    defaults: z.object({ onVariation: Index, offVariation: Index }),
    environments: z.record(z.string(), FlagConfigurationRepresentation),
  })
  .meta({ id: "Flag" });
export type FlagRepresentation = z.output<typeof FlagRepresentation>;

interface EnvironmentFacts {
  readonly key: string;
  readonly name: string;
  readonly createdAt: number;
  /** By the key of the flag: the environment's version and time at which it last changed. */
  readonly items: ReadonlyMap<string, { readonly version: number; readonly updatedAt: number }>;
  /** By the key of the flag; absent where they are not to be shown. */
  readonly evaluations?: ReadonlyMap<string, { readonly contextKinds: readonly string[] }>;
}

/** Where a flag is shown: its project, the environments to show, and the flags that it requires. */
export interface FlagSurroundings {
  readonly projectKey: string;
  readonly environments: readonly EnvironmentFacts[];
  readonly required: ReadonlyMap<string, FlagState>;
  readonly maintainers: Maintainers;
  /** Counts in the place of targets, rules and prerequisites, which make a list long. */
  readonly isSummary?: boolean;
}

/** A flag as REST shows it; configurations are those of the environments given. */
export function flagRepresentation(
  { state, version, createdAt, archivedAt, deprecatedAt }: StoredFlag,
  surroundings: FlagSurroundings,
): FlagRepresentation {
  const { projectKey, environments } = surroundings;
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
      parent: linkTo(`/api/v2/flags/${projectKey}`),
      self: linkTo(href),
    },
    ...maintainerRepresentation(state, surroundings.maintainers),
    experiments: { baselineIdx: 0, items: [] },
    customProperties: Object.fromEntries(
      Object.entries(state.customProperties).map(([key, { name, values }]) => [
        key,
        { name, value: values },
      ]),
    ),
    archived: state.archived,
    ...(archivedAt === undefined ? {} : { archivedDate: archivedAt }),
    ...(deprecatedAt === undefined ? {} : { deprecatedDate: deprecatedAt }),
    ...(state.migration === undefined
      ? {}
      : { _purpose: "migration", migrationSettings: state.migration }),
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
            configurationRepresentation(state, configuration, environment, surroundings),
          ],
        ];
      }),
    ),
  };
}

function maintainerRepresentation(
  { maintainerId, maintainerTeamKey }: FlagState,
  { members, teams }: Maintainers,
) {
  const member = maintainerId === undefined ? undefined : members.get(maintainerId);
  const team = maintainerTeamKey === undefined ? undefined : teams.get(maintainerTeamKey);
  return {
    ...(maintainerId === undefined ? {} : { maintainerId }),
    ...(member === undefined ? {} : { _maintainer: memberSummary(member) }),
    ...(maintainerTeamKey === undefined ? {} : { maintainerTeamKey }),
    ...(team === undefined
      ? {}
      : {
          _maintainerTeam: {
            key: team.key,
            name: team.name,
            _links: { self: linkTo(`/api/v2/teams/${team.key}`) },
          },
        }),
  };
}

function configurationRepresentation(
  flag: FlagState,
  configuration: FlagConfiguration,
  environment: EnvironmentFacts,
  { projectKey, required, isSummary }: FlagSurroundings,
): z.output<typeof FlagConfigurationRepresentation> {
  const indexOf = (id: string) => flag.variations.findIndex((variation) => variation.id === id);
  const { offVariationId, debugEventsUntilDate, checkRatio } = configuration;
  const item = environment.items.get(flag.key);
  const evaluation = environment.evaluations?.get(flag.key);
  return {
    on: configuration.on,
    archived: flag.archived,
    salt: configuration.salt,
    sel: configuration.salt,
    lastModified: item?.updatedAt ?? environment.createdAt,
    version: item?.version ?? 0,
    ...(isSummary === true
      ? { _summary: summaryOf(flag, configuration) }
      : targetingRepresentation(configuration, indexOf, required)),
    fallthrough: serveRepresentation(configuration.fallthrough, indexOf),
    ...(offVariationId === undefined ? {} : { offVariation: indexOf(offVariationId) }),
    _site: {
      href: `/p/${projectKey}/flags/${flag.key}/targeting?env=${environment.key}`,
      type: "text/html",
    },
    _environmentName: environment.name,
    trackEvents: configuration.trackEvents,
    trackEventsFallthrough: configuration.trackEventsFallthrough,
    ...(debugEventsUntilDate === undefined ? {} : { _debugEventsUntilDate: debugEventsUntilDate }),
    ...(checkRatio === undefined ? {} : { migrationSettings: { checkRatio } }),
    ...(environment.evaluations === undefined
      ? {}
      : { evaluation: { contextKinds: evaluation?.contextKinds ?? [] } }),
  };
}

function targetingRepresentation(
  configuration: FlagConfiguration,
  indexOf: (id: string) => number,
  required: ReadonlyMap<string, FlagState>,
) {
  const targets = configuration.targets.map(({ contextKind, variationId, values }) => ({
    contextKind,
    variation: indexOf(variationId),
    values,
  }));
  const users = targets.filter(({ contextKind }) => contextKind === "user");
  return {
    targets: users,
    // The order among kinds counts, so users keep their places there, without their keys.
    contextTargets:
      users.length === targets.length
        ? []
        : targets.map((target) => (users.includes(target) ? { ...target, values: [] } : target)),
    rules: configuration.rules.map(({ id, clauses, serve, ...rule }) => ({
      _id: id,
      clauses: clauses.map(({ id: _id, ...clause }) => ({ _id, ...clause })),
      ...serveRepresentation(serve, indexOf),
      ...rule,
    })),
    prerequisites: configuration.prerequisites.map(({ key, variationId }) => ({
      key,
      variation: required.get(key)?.variations.findIndex(({ id }) => id === variationId) ?? -1,
    })),
  };
}

/** How many of a flag's rules and targets lead to each variation, by its index. */
function summaryOf(flag: FlagState, configuration: FlagConfiguration) {
  const { rules, targets, fallthrough, offVariationId, prerequisites } = configuration;
  const summaries = flag.variations.map(({ id }, index) => {
    const isServed = (serve: Serve) => "variationId" in serve && serve.variationId === id;
    const leading = rules.filter(({ serve }) => isServed(serve));
    const count = (isUser: boolean) =>
      targets
        .filter(
          ({ variationId, contextKind }) =>
            variationId === id && (contextKind === "user") === isUser,
        )
        .reduce((sum, { values }) => sum + values.length, 0);
    return [
      String(index),
      {
        rules: leading.length,
        nullRules: leading.filter(({ clauses }) => clauses.length === 0).length,
        targets: count(true),
        contextTargets: count(false),
        ...(isServed(fallthrough) ? { isFallthrough: true } : {}),
        ...(offVariationId === id ? { isOff: true } : {}),
        ...rolloutTo(fallthrough, id),
      },
    ];
  });
  return {
    variations: Object.fromEntries(summaries),
    prerequisites: prerequisites.length,
    rules: rules.length,
    likeness: likenessOf(configuration),
  };
}

function rolloutTo(serve: Serve, variationId: string): { readonly rollout?: number } {
  if (!("rollout" in serve)) return {};
  const share = serve.rollout.weights
    .filter((one) => one.variationId === variationId)
    .reduce((sum, { weight }) => sum + weight, 0);
  return { rollout: share };
}

function serveRepresentation(serve: Serve, indexOf: (id: string) => number) {
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
