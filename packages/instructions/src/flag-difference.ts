import { applyFlagInstructions, environmentOf } from "./apply-flag.ts";
import type { FlagInstruction } from "./flag-instruction.ts";
import { type InstructionContext, isInstructionError, isSame } from "./outcome.ts";
import { servingInput } from "./serving.ts";
import { propertyOf } from "./setting-instructions.ts";
import { configurationIn, type FlagConfiguration, type FlagRule, type FlagState } from "./state.ts";

/**
 * The instructions that make flag `a` what `b` is, for the settings and the environments given; where
 * those are several, each instruction names its own. Variations that only `b` has come first, and
 * those that only `a` has go last, when nothing uses them.
 */
export function differenceOfFlags(
  a: FlagState,
  b: FlagState,
  ...environmentKeys: readonly string[]
): FlagInstruction[] {
  const named = (environmentKey: string) => (environmentKeys.length > 1 ? { environmentKey } : {});
  return [
    ...gainedVariations(a, b),
    ...settings(a, b),
    ...environmentKeys.flatMap((key) => {
      const from = configurationIn(a, key);
      const to = configurationIn(b, key);
      if (from === undefined || to === undefined) return [];
      return configurationDifference(from, to).map((one) => ({ ...one, ...named(key) }));
    }),
    ...lostVariations(a, b),
  ];
}

/** The instructions that take back what the given ones would do to the flag; none where they fit not. */
export function invertFlagInstructions(
  instructions: readonly FlagInstruction[],
  before: FlagState,
  context: InstructionContext<FlagState> & { readonly environmentKey: string },
): FlagInstruction[] {
  const after = applyFlagInstructions(before, instructions, context);
  if (isInstructionError(after)) return [];
  const named = instructions.map((one) => environmentOf(one) ?? context.environmentKey);
  return differenceOfFlags(after, before, ...new Set([context.environmentKey, ...named]));
}

function gainedVariations(a: FlagState, b: FlagState): FlagInstruction[] {
  return b.variations.flatMap(({ id, ...variation }): FlagInstruction[] => {
    const known = a.variations.find((one) => one.id === id);
    if (known === undefined) return [{ kind: "addVariation", _id: id, ...variation }];
    if (isSame(known, { id, ...variation })) return [];
    // A name or description that is gone is taken away by an empty one.
    const cleared = {
      ...(known.name === undefined ? {} : { name: "" }),
      ...(known.description === undefined ? {} : { description: "" }),
    };
    return [{ kind: "updateVariation", variationId: id, ...cleared, ...variation }];
  });
}

function lostVariations(a: FlagState, b: FlagState): FlagInstruction[] {
  return a.variations
    .filter(({ id }) => !b.variations.some((kept) => kept.id === id))
    .map(({ id }) => ({ kind: "removeVariation", variationId: id }));
}

function settings(a: FlagState, b: FlagState): FlagInstruction[] {
  return [
    ...when<FlagInstruction>(a.name !== b.name, { kind: "updateName", value: b.name }),
    ...when<FlagInstruction>(a.description !== b.description, {
      kind: "updateDescription",
      value: b.description,
    }),
    ...tags(a.tags, b.tags),
    ...when<FlagInstruction>(a.temporary !== b.temporary, {
      kind: b.temporary ? "makeFlagTemporary" : "makeFlagPermanent",
    }),
    ...when<FlagInstruction>(a.archived !== b.archived, {
      kind: b.archived ? "archiveFlag" : "restoreFlag",
    }),
    ...when<FlagInstruction>(a.deprecated !== b.deprecated, {
      kind: b.deprecated ? "deprecateFlag" : "restoreDeprecatedFlag",
    }),
    ...(["usingMobileKey", "usingEnvironmentId"] as const).flatMap((value) => {
      const is = b.clientSideAvailability[value];
      const kind = is
        ? ("turnOnClientSideAvailability" as const)
        : ("turnOffClientSideAvailability" as const);
      return when<FlagInstruction>(is !== a.clientSideAvailability[value], { kind, value });
    }),
    ...maintainer(a, b),
    ...customProperties(a, b),
    ...defaults(a, b),
  ];
}

/** All go and all come where the order differs, because tags are kept in the order they were added. */
function tags(a: readonly string[], b: readonly string[]): FlagInstruction[] {
  if (isSame(a, b)) return [];
  return [
    { kind: "removeTags", values: [...a] },
    { kind: "addTags", values: [...b] },
  ];
}

function maintainer(a: FlagState, b: FlagState): FlagInstruction[] {
  if (a.maintainerId === b.maintainerId && a.maintainerTeamKey === b.maintainerTeamKey) return [];
  if (b.maintainerId !== undefined)
    return [{ kind: "updateMaintainerMember", value: b.maintainerId }];
  if (b.maintainerTeamKey !== undefined)
    return [{ kind: "updateMaintainerTeam", value: b.maintainerTeamKey }];
  return [{ kind: "removeMaintainer" }];
}

function customProperties(a: FlagState, b: FlagState): FlagInstruction[] {
  const keys = new Set([...Object.keys(a.customProperties), ...Object.keys(b.customProperties)]);
  return [...keys].flatMap((key): FlagInstruction[] => {
    const wanted = propertyOf(b, key);
    if (isSame(propertyOf(a, key) ?? null, wanted ?? null)) return [];
    return [
      {
        kind: "replaceCustomProperties",
        key,
        name: wanted?.name ?? key,
        values: [...(wanted?.values ?? [])],
      },
    ];
  });
}

function defaults(a: FlagState, b: FlagState): FlagInstruction[] {
  if (isSame(a.defaults, b.defaults)) return [];
  const servedValue = (wanted: string) => b.variations.find(({ id }) => id === wanted)?.value;
  const [on, off] = [servedValue(b.defaults.onVariationId), servedValue(b.defaults.offVariationId)];
  return [
    {
      kind: "updateDefaultVariation",
      ...(on === undefined ? {} : { onVariationValue: on }),
      ...(off === undefined ? {} : { offVariationValue: off }),
    },
  ];
}

function configurationDifference(a: FlagConfiguration, b: FlagConfiguration): FlagInstruction[] {
  const { offVariationId } = b;
  return [
    ...when<FlagInstruction>(a.on !== b.on, { kind: b.on ? "turnFlagOn" : "turnFlagOff" }),
    ...when<FlagInstruction>(!isSame(a.prerequisites, b.prerequisites), {
      kind: "replacePrerequisites",
      prerequisites: [...b.prerequisites],
    }),
    ...when<FlagInstruction>(!isSame(a.targets, b.targets), {
      kind: "replaceTargets",
      targets: b.targets.map((target) => ({ ...target, values: [...target.values] })),
    }),
    ...expiringTargets(a, b),
    ...when<FlagInstruction>(!isSame(a.rules, b.rules), {
      kind: "replaceRules",
      rules: b.rules.map(ruleInput),
    }),
    ...when<FlagInstruction>(!isSame(a.fallthrough, b.fallthrough), {
      kind: "updateFallthroughVariationOrRollout",
      ...mutable(servingInput(b.fallthrough)),
    }),
    ...when<FlagInstruction>(a.offVariationId !== offVariationId, {
      kind: "updateOffVariation",
      ...(offVariationId === undefined ? {} : { variationId: offVariationId }),
    }),
    ...when<FlagInstruction>(a.trackEvents !== b.trackEvents, {
      kind: "updateTrackEvents",
      trackEvents: b.trackEvents,
    }),
    ...when<FlagInstruction>(a.trackEventsFallthrough !== b.trackEventsFallthrough, {
      kind: "updateTrackEventsFallthrough",
      trackEvents: b.trackEventsFallthrough,
    }),
    ...when<FlagInstruction>(a.salt !== b.salt, { kind: "updateSalt", value: b.salt }),
    ...(b.checkRatio === undefined || a.checkRatio === b.checkRatio
      ? []
      : [
          {
            kind: "updateFlagConfigMigrationSettings" as const,
            checkRatio: b.checkRatio,
          },
        ]),
  ];
}

/** After the targets: an expiry goes with its target, and comes only where there is one. */
function expiringTargets(a: FlagConfiguration, b: FlagConfiguration): FlagInstruction[] {
  const [from, to] = [a.expiringTargets ?? [], b.expiringTargets ?? []];
  if (isSame(from, to) && isSame(a.targets, b.targets)) return [];
  return [
    ...from.map(({ expiresAt: _, ...target }) => ({
      kind: "removeExpiringTarget" as const,
      ...target,
    })),
    ...to.map(({ expiresAt, ...target }) => ({
      kind: "addExpiringTarget" as const,
      ...target,
      value: expiresAt,
    })),
  ];
}

function ruleInput({ id, clauses, serve, ...rest }: FlagRule) {
  return {
    ...rest,
    ruleId: id,
    clauses: clauses.map(({ id: _id, values, ...clause }) => ({
      ...clause,
      _id,
      values: [...values],
    })),
    ...mutable(servingInput(serve)),
  };
}

function mutable({ experimentUntracked, ...input }: ReturnType<typeof servingInput>) {
  return {
    ...input,
    ...(experimentUntracked === undefined ? {} : { experimentUntracked: [...experimentUntracked] }),
  };
}

function when<T>(condition: boolean, instruction: T): T[] {
  return condition ? [instruction] : [];
}
