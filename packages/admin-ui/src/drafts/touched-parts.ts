import {
  configurationIn,
  environmentOf,
  type FlagConfiguration,
  type FlagInstruction,
  type FlagRule,
  type FlagState,
  type RuleClause,
} from "@halyard/instructions";

/** A part of a flag that an instruction touches: its name, and how it is read. */
export interface Part {
  /** Such as `production/rules/ID/serve`. */
  readonly name: string;
  readonly read: (flag: FlagState) => unknown;
}

type Of<K extends FlagInstruction["kind"]> = Extract<FlagInstruction, { kind: K }>;
type Local = Omit<Part, "read"> & { readonly read: (at: FlagConfiguration) => unknown };
type Touching = {
  readonly [K in FlagInstruction["kind"]]:
    | ((instruction: Of<K>) => { readonly of: "flag"; readonly parts: readonly Part[] })
    | ((instruction: Of<K>) => { readonly of: "environment"; readonly parts: readonly Local[] });
};

const ofFlag = (...parts: readonly Part[]) => ({ of: "flag", parts }) as const;
const inEnvironment = (...parts: readonly Local[]) => ({ of: "environment", parts }) as const;
const member = (name: keyof FlagConfiguration): Local => ({ name, read: (at) => at[name] });
const setting = (name: keyof FlagState): Part => ({ name, read: (flag) => flag[name] });

const on = () => inEnvironment(member("on"));
const tags = ({ values }: { readonly values: readonly string[] }) =>
  ofFlag(
    ...values.map((tag) => ({
      name: `tags/${tag}`,
      read: (flag: FlagState) => flag.tags.includes(tag),
    })),
  );
const variation = ({ variationId }: { readonly variationId: string }) =>
  ofFlag({
    name: `variations/${variationId}`,
    read: (flag) => flag.variations.find(({ id }) => id === variationId),
  });
const maintainer = () =>
  ofFlag({
    name: "maintainer",
    read: ({ maintainerId, maintainerTeamKey }) => ({ maintainerId, maintainerTeamKey }),
  });
const availability = ({ value }: Pick<Of<"turnOnClientSideAvailability">, "value">) =>
  ofFlag({
    name: `clientSideAvailability/${value}`,
    read: (flag) => flag.clientSideAvailability[value],
  });
const property = ({ key }: { readonly key: string }) =>
  ofFlag({
    name: `customProperties/${key}`,
    read: ({ customProperties }) =>
      Object.hasOwn(customProperties, key) ? customProperties[key] : undefined,
  });
const prerequisite = ({ key }: { readonly key: string }) =>
  inEnvironment({
    name: `prerequisites/${key}`,
    read: (at) => at.prerequisites.find((one) => one.key === key),
  });

const target = (contextKind: string, key: string): Local => ({
  name: `targets/${contextKind}/${key}`,
  read: (at) =>
    at.targets.find((one) => one.contextKind === contextKind && one.values.includes(key))
      ?.variationId,
});
const targets = ({
  contextKind = "user",
  values,
}: {
  readonly contextKind?: string | undefined;
  readonly values: readonly string[];
}) => inEnvironment(...values.map((key) => target(contextKind, key)));
const allTargets = () => inEnvironment(member("targets"));
const targetsOf = ({ variationId }: { readonly variationId: string }) =>
  inEnvironment({
    name: `targets/${variationId}`,
    read: (at) => at.targets.filter((one) => one.variationId === variationId),
  });
const expiry = ({
  contextKind = "user",
  contextKey,
}: Pick<Of<"removeExpiringTarget">, "contextKind" | "contextKey">) =>
  inEnvironment(target(contextKind, contextKey), {
    name: `expiringTargets/${contextKind}/${contextKey}`,
    read: (at) =>
      at.expiringTargets?.filter(
        (one) => one.contextKind === contextKind && one.contextKey === contextKey,
      ) ?? [],
  });

const ruleIn = ({ rules }: FlagConfiguration, ruleId: string): FlagRule | undefined =>
  rules.find(({ id }) => id === ruleId);
const rule = ({ ruleId }: { readonly ruleId?: string | undefined }) =>
  ruleId === undefined
    ? inEnvironment()
    : inEnvironment({ name: `rules/${ruleId}`, read: (at) => ruleIn(at, ruleId) });
const ruleMember =
  (name: keyof FlagRule) =>
  ({ ruleId }: { readonly ruleId: string }) =>
    inEnvironment({
      name: `rules/${ruleId}/${name}`,
      // A rule without a description is there all the same.
      read: (at) => ({ isThere: ruleIn(at, ruleId) !== undefined, is: ruleIn(at, ruleId)?.[name] }),
    });
const allRules = () => inEnvironment(member("rules"));
const clauseIn = (
  at: FlagConfiguration,
  { ruleId, clauseId }: { readonly ruleId: string; readonly clauseId: string },
): RuleClause | undefined => ruleIn(at, ruleId)?.clauses.find(({ id }) => id === clauseId);
const clause = (place: { readonly ruleId: string; readonly clauseId: string }) =>
  inEnvironment({
    name: `rules/${place.ruleId}/clauses/${place.clauseId}`,
    read: (at) => clauseIn(at, place),
  });
const clauseValues = (instruction: Of<"addValuesToClause" | "removeValuesFromClause">) =>
  inEnvironment(
    ...instruction.values.map((value) => ({
      name: `rules/${instruction.ruleId}/clauses/${instruction.clauseId}/${JSON.stringify(value)}`,
      read: (at: FlagConfiguration) => {
        const found = clauseIn(at, instruction);
        if (found === undefined) return undefined;
        const { values, ...asking } = found;
        const text = JSON.stringify(value);
        return { ...asking, has: values.some((one) => JSON.stringify(one) === text) };
      },
    })),
  );

const touching: Touching = {
  turnFlagOn: on,
  turnFlagOff: on,
  addRule: rule,
  removeRule: rule,
  replaceRules: allRules,
  reorderRules: () =>
    inEnvironment({ name: "rules/order", read: ({ rules }) => rules.map(({ id }) => id) }),
  updateRuleVariationOrRollout: ruleMember("serve"),
  updateRuleDescription: ruleMember("description"),
  updateRuleTrackEvents: ruleMember("trackEvents"),
  addClauses: ruleMember("clauses"),
  removeClauses: ruleMember("clauses"),
  updateClause: clause,
  addValuesToClause: clauseValues,
  removeValuesFromClause: clauseValues,
  addTargets: targets,
  removeTargets: targets,
  addUserTargets: targets,
  removeUserTargets: targets,
  replaceTargets: allTargets,
  replaceUserTargets: allTargets,
  clearTargets: targetsOf,
  clearUserTargets: targetsOf,
  addExpiringTarget: expiry,
  updateExpiringTarget: expiry,
  removeExpiringTarget: expiry,
  addPrerequisite: prerequisite,
  updatePrerequisite: prerequisite,
  removePrerequisite: prerequisite,
  replacePrerequisites: () => inEnvironment(member("prerequisites")),
  updateFallthroughVariationOrRollout: () => inEnvironment(member("fallthrough")),
  updateOffVariation: () => inEnvironment(member("offVariationId")),
  updateTrackEvents: () => inEnvironment(member("trackEvents")),
  updateTrackEventsFallthrough: () => inEnvironment(member("trackEventsFallthrough")),
  updateSalt: () => inEnvironment(member("salt")),
  updateFlagConfigMigrationSettings: () => inEnvironment(member("checkRatio")),
  addVariation: ({ value }) =>
    ofFlag({
      name: `variations/${JSON.stringify(value)}`,
      read: ({ variations }) =>
        variations.some((one) => JSON.stringify(one.value) === JSON.stringify(value)),
    }),
  removeVariation: variation,
  updateVariation: variation,
  updateDefaultVariation: () => ofFlag(setting("defaults")),
  updateName: () => ofFlag(setting("name")),
  updateDescription: () => ofFlag(setting("description")),
  addTags: tags,
  removeTags: tags,
  makeFlagTemporary: () => ofFlag(setting("temporary")),
  makeFlagPermanent: () => ofFlag(setting("temporary")),
  turnOnClientSideAvailability: availability,
  turnOffClientSideAvailability: availability,
  updateMaintainerMember: maintainer,
  updateMaintainerTeam: maintainer,
  removeMaintainer: maintainer,
  addCustomProperties: property,
  removeCustomProperties: property,
  replaceCustomProperties: property,
  archiveFlag: () => ofFlag(setting("archived")),
  restoreFlag: () => ofFlag(setting("archived")),
  deprecateFlag: () => ofFlag(setting("deprecated")),
  restoreDeprecatedFlag: () => ofFlag(setting("deprecated")),
};

/** What an instruction touches, which is nothing where it makes or deletes the whole flag; one about an environment that does not name it is about the given one. */
export function partsTouchedBy(
  instruction: FlagInstruction,
  environmentKey: string,
): readonly Part[] {
  // The log tells of more than can be drafted.
  if (!Object.hasOwn(touching, instruction.kind)) return [];
  // The table's type ties each entry to its kind; a union of all cannot be followed by the compiler.
  const touchedBy = touching[instruction.kind] as (
    instruction: FlagInstruction,
  ) => ReturnType<typeof ofFlag> | ReturnType<typeof inEnvironment>;
  const touched = touchedBy(instruction);
  if (touched.of === "flag") return touched.parts;
  const key = environmentOf(instruction) ?? environmentKey;
  return touched.parts.map(({ name, read }) => ({
    name: `${key}/${name}`,
    read: (flag) => {
      const configuration = configurationIn(flag, key);
      return configuration && read(configuration);
    },
  }));
}
