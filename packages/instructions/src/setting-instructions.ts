import type { Json } from "@halyard/evaluation";
import type { FlagInstruction, InstructionOf } from "./flag-instruction.ts";
import { type InstructionContext, isSame, Refusal } from "./outcome.ts";
import { knownVariation, servedVariations } from "./serving.ts";
import type { FlagConfiguration, FlagState, FlagVariation } from "./state.ts";
import type { targetingInstructions } from "./targeting-instructions.ts";

type SettingKind = Exclude<FlagInstruction["kind"], keyof typeof targetingInstructions>;

type Handlers = {
  readonly [K in SettingKind]: (
    flag: FlagState,
    instruction: InstructionOf<K>,
    context: InstructionContext<FlagState>,
  ) => FlagState;
};

/** What each instruction makes of the flag as a whole. */
export const settingInstructions: Handlers = {
  addVariation: (flag, { _id, value, name, description }, { newId }) => {
    checkKind(flag, value);
    if (flag.variations.some((known) => isSame(known.value, value))) {
      throw new Refusal(
        `it already has a variation ${JSON.stringify(value)}; choose another value`,
      );
    }
    if (flag.variations.some(({ id }) => id === _id)) {
      throw new Refusal(`it already has a variation of the id "${_id}"; leave _id out`);
    }
    const variation = {
      id: _id ?? newId(),
      value,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    };
    return { ...flag, variations: [...flag.variations, variation] };
  },
  removeVariation: (flag, { variationId }) => {
    knownVariation(flag, variationId);
    const user = userOf(flag, variationId);
    if (user !== undefined) throw new Refusal(`${user} uses the variation; change that first`);
    return { ...flag, variations: flag.variations.filter(({ id }) => id !== variationId) };
  },
  updateVariation: (flag, { variationId, value, name, description }) => {
    knownVariation(flag, variationId);
    if (value !== undefined) checkKind(flag, value);
    const taken = flag.variations.some(
      (known) => known.id !== variationId && value !== undefined && isSame(known.value, value),
    );
    if (taken)
      throw new Refusal(
        `another variation is ${JSON.stringify(value)} already; choose another value`,
      );
    const change = { ...(value === undefined ? {} : { value }), ...words({ name, description }) };
    return {
      ...flag,
      variations: flag.variations.map((known) =>
        known.id === variationId ? withoutEmptyWords({ ...known, ...change }) : known,
      ),
    };
  },
  updateDefaultVariation: (flag, { onVariationValue, offVariationValue }) => ({
    ...flag,
    defaults: {
      onVariationId:
        onVariationValue === undefined
          ? flag.defaults.onVariationId
          : idOfValue(flag, onVariationValue),
      offVariationId:
        offVariationValue === undefined
          ? flag.defaults.offVariationId
          : idOfValue(flag, offVariationValue),
    },
  }),
  updateName: (flag, { value }) => ({ ...flag, name: value }),
  updateDescription: (flag, { value }) => ({ ...flag, description: value }),
  addTags: (flag, { values }) => ({ ...flag, tags: [...new Set([...flag.tags, ...values])] }),
  removeTags: (flag, { values }) => ({
    ...flag,
    tags: flag.tags.filter((tag) => !values.includes(tag)),
  }),
  makeFlagTemporary: (flag) => ({ ...flag, temporary: true }),
  makeFlagPermanent: (flag) => ({ ...flag, temporary: false }),
  turnOnClientSideAvailability: (flag, { value }) => ({
    ...flag,
    clientSideAvailability: { ...flag.clientSideAvailability, [value]: true },
  }),
  turnOffClientSideAvailability: (flag, { value }) => ({
    ...flag,
    clientSideAvailability: { ...flag.clientSideAvailability, [value]: false },
  }),
  updateMaintainerMember: (flag, { value }) => ({
    ...withoutMaintainer(flag),
    maintainerId: value,
  }),
  updateMaintainerTeam: (flag, { value }) => ({
    ...withoutMaintainer(flag),
    maintainerTeamKey: value,
  }),
  removeMaintainer: withoutMaintainer,
  addCustomProperties: (flag, { key, name, values }) => {
    const known = propertyOf(flag, key)?.values ?? [];
    return withProperty(flag, key, { name, values: [...new Set([...known, ...values])] });
  },
  removeCustomProperties: (flag, { key, values }) => {
    const known = propertyOf(flag, key);
    if (known === undefined) return flag;
    const kept = known.values.filter((value) => !values.includes(value));
    return withProperty(flag, key, { ...known, values: kept });
  },
  replaceCustomProperties: (flag, { key, name, values }) =>
    withProperty(flag, key, { name, values }),
  archiveFlag: (flag) => ({ ...flag, archived: true }),
  restoreFlag: (flag) => ({ ...flag, archived: false }),
  deprecateFlag: (flag) => ({ ...flag, deprecated: true }),
  restoreDeprecatedFlag: (flag) => ({ ...flag, deprecated: false }),
};

function checkKind(flag: FlagState, value: Json): void {
  const [first] = flag.variations;
  if (flag.kind === "boolean" && typeof value !== "boolean") {
    throw new Refusal(
      `the flag is boolean, and ${JSON.stringify(value)} is not; use true or false`,
    );
  }
  if (first !== undefined && typeof first.value !== typeof value) {
    throw new Refusal(
      `the flag's values are of type ${typeof first.value}, and ${JSON.stringify(value)} is not`,
    );
  }
}

function idOfValue(flag: FlagState, value: Json): string {
  const found = flag.variations.find((variation) => isSame(variation.value, value));
  if (found === undefined)
    throw new Refusal(`there is no variation ${JSON.stringify(value)}; add it first`);
  return found.id;
}

/** What uses a variation, in words; undefined where nothing does. */
function userOf(flag: FlagState, variationId: string): string | undefined {
  if (Object.values(flag.defaults).includes(variationId)) return "the default for new environments";
  for (const [environment, configuration] of Object.entries(flag.environments)) {
    if (usedVariations(configuration).includes(variationId)) return `environment "${environment}"`;
  }
  return undefined;
}

function usedVariations(configuration: FlagConfiguration): readonly string[] {
  return [
    ...(configuration.offVariationId === undefined ? [] : [configuration.offVariationId]),
    ...servedVariations(configuration.fallthrough),
    ...configuration.rules.flatMap(({ serve }) => servedVariations(serve)),
    ...configuration.targets.map(({ variationId }) => variationId),
  ];
}

/** A property that the flag has itself: `constructor` is a key like any other. */
export function propertyOf(
  flag: FlagState,
  key: string,
): FlagState["customProperties"][string] | undefined {
  return Object.hasOwn(flag.customProperties, key) ? flag.customProperties[key] : undefined;
}

function withoutMaintainer(flag: FlagState): FlagState {
  const { maintainerId: _, maintainerTeamKey: __, ...rest } = flag;
  return rest;
}

/** A property without values is none. */
function withProperty(
  flag: FlagState,
  key: string,
  property: { name: string; values: readonly string[] },
): FlagState {
  const { [key]: _, ...others } = flag.customProperties;
  return {
    ...flag,
    customProperties: property.values.length === 0 ? others : { ...others, [key]: property },
  };
}

interface Words {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

function words({ name, description }: Words): { name?: string; description?: string } {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
  };
}

/** An empty name is no name: this is how one is taken away. */
function withoutEmptyWords({ name, description, ...variation }: FlagVariation): FlagVariation {
  return {
    ...variation,
    ...(name === undefined || name === "" ? {} : { name }),
    ...(description === undefined || description === "" ? {} : { description }),
  };
}
