import type { Json } from "@halyard/evaluation";
import { isSame } from "./outcome.ts";
import type { FlagConfiguration, FlagState, FlagVariation } from "./state.ts";

/** What a flag is made of; the rest is what is usual. */
export interface NewFlag {
  readonly key: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly temporary?: boolean | undefined;
  readonly maintainerId?: string | undefined;
  readonly maintainerTeamKey?: string | undefined;
  readonly migration?: FlagState["migration"] | undefined;
  readonly clientSideAvailability?: FlagState["clientSideAvailability"] | undefined;
  readonly customProperties?: FlagState["customProperties"] | undefined;
  /** True and false where none are given. */
  readonly variations?:
    | readonly {
        readonly _id?: string | undefined;
        readonly value: Json;
        readonly name?: string | undefined;
        readonly description?: string | undefined;
      }[]
    | undefined;
  /** Indexes of variations; the first and the last where not given. */
  readonly defaults?: { readonly onVariation: number; readonly offVariation: number } | undefined;
}

/** Why values cannot be the variations of a new flag; undefined where they can. */
export function problemOfVariations(
  variations: readonly { readonly _id?: string | undefined; readonly value: Json }[],
): string | undefined {
  const ids = variations.flatMap(({ _id }) => (_id === undefined ? [] : [_id]));
  if (new Set(ids).size < ids.length) {
    return "two variations have the same _id; leave _id out";
  }
  for (const [index, { value }] of variations.entries()) {
    const earlier = variations.slice(0, index);
    const [first] = earlier;
    if (first !== undefined && kindOf(first.value) !== kindOf(value)) {
      return `variation ${index} is of kind ${kindOf(value)} and the first of kind ${kindOf(first.value)}; give values of one kind`;
    }
    if (earlier.some((known) => isSame(known.value, value))) {
      return `variation ${index} is ${JSON.stringify(value)} as one before is; give each value once`;
    }
  }
  return undefined;
}

function kindOf(value: Json): string {
  return typeof value === "object" ? "json" : typeof value;
}

/** A new flag, with no environment yet; undefined where a default names no variation. */
export function newFlagState(input: NewFlag, newId: () => string): FlagState | undefined {
  const values = input.variations ?? [];
  const given = values.length === 0 ? [{ value: true }, { value: false }] : values;
  const variations: FlagVariation[] = given.map(
    ({ _id, value, name, description }: NonNullable<NewFlag["variations"]>[number]) => ({
      id: _id ?? newId(),
      value,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    }),
  );
  const on = variations[input.defaults?.onVariation ?? 0];
  const off = variations[input.defaults?.offVariation ?? variations.length - 1];
  if (on === undefined || off === undefined) return undefined;
  return {
    key: input.key,
    name: input.name,
    description: input.description ?? "",
    kind: variations.every(({ value }) => typeof value === "boolean") ? "boolean" : "multivariate",
    variations,
    tags: input.tags ?? [],
    temporary: input.temporary ?? true,
    archived: false,
    deprecated: false,
    ...(input.maintainerId === undefined ? {} : { maintainerId: input.maintainerId }),
    ...(input.maintainerTeamKey === undefined
      ? {}
      : { maintainerTeamKey: input.maintainerTeamKey }),
    clientSideAvailability: input.clientSideAvailability ?? {
      usingMobileKey: false,
      usingEnvironmentId: false,
    },
    customProperties: input.customProperties ?? {},
    ...(input.migration === undefined ? {} : { migration: input.migration }),
    defaults: { onVariationId: on.id, offVariationId: off.id },
    environments: {},
  };
}

/** How a flag begins in an environment: off, and nobody singled out. */
export function newFlagConfiguration(flag: FlagState, salt: string): FlagConfiguration {
  return {
    on: false,
    salt,
    prerequisites: [],
    targets: [],
    rules: [],
    fallthrough: { variationId: flag.defaults.onVariationId },
    offVariationId: flag.defaults.offVariationId,
    trackEvents: false,
    trackEventsFallthrough: false,
    ...(flag.migration === undefined ? {} : { checkRatio: 1 }),
  };
}
