import { randomUUID } from "node:crypto";
import { configurationIn, type FlagState, type FlagVariation, isSame } from "@halyard/instructions";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { JsonValue } from "../http/json-value.ts";
import { changedMembers } from "../http/patch.ts";
import {
  configurationOf,
  membersWithIndexes,
  variationAt,
  WantedConfiguration,
} from "./configuration-translation.ts";
import type { FlagRepresentation } from "./flag-representation.ts";

const Texts = z.array(z.string());

/** A representation as a patch may leave it: what a client need not give has a default. */
const WantedFlag = z.object({
  name: z.string().min(1),
  description: z.string().default(""),
  tags: Texts.default([]),
  temporary: z.boolean(),
  archived: z.boolean(),
  deprecated: z.boolean(),
  includeInSnippet: z.boolean(),
  clientSideAvailability: z.object({
    usingMobileKey: z.boolean().default(false),
    usingEnvironmentId: z.boolean().default(false),
  }),
  maintainerId: z.string().optional(),
  maintainerTeamKey: z.string().optional(),
  customProperties: z.record(z.string(), z.object({ name: z.string(), value: Texts })).default({}),
  variations: z.array(
    z.object({
      _id: z.string().optional(),
      value: JsonValue,
      name: z.string().optional(),
      description: z.string().optional(),
    }),
  ),
  defaults: z.object({ onVariation: z.int(), offVariation: z.int() }),
  environments: z.record(z.string(), WantedConfiguration),
});
type WantedFlag = z.infer<typeof WantedFlag>;

/**
 * The state that a patched representation stands for. Only members that the patch has changed are
 * read, so whatever a representation leaves out, or an index that did not move, stays as it is.
 */
export function flagOfRepresentation(
  before: FlagState,
  shown: FlagRepresentation,
  { wanted, required }: { wanted: unknown; required: ReadonlyMap<string, FlagState> },
): FlagState {
  const flag = parseWanted(wanted);
  const changed = changedIn(shown, wanted, Object.keys(WantedFlag.shape));
  const variations = changed.has("variations")
    ? variationsOf(flag.variations, before.variations)
    : before.variations;
  const haveMoved = before.variations.some(({ id }, index) => {
    const at = variations.findIndex((one) => one.id === id);
    return at !== -1 && at !== index;
  });
  if (haveMoved && changed.has("defaults")) throw ambiguous("/defaults");
  const keys = new Set([...Object.keys(before.environments), ...Object.keys(flag.environments)]);
  const environments = [...keys].map((key) => {
    const configuration = configurationIn(before, key);
    const was = Object.hasOwn(shown.environments, key) ? shown.environments[key] : undefined;
    const next = Object.hasOwn(flag.environments, key) ? flag.environments[key] : undefined;
    if (configuration === undefined || was === undefined || next === undefined) {
      throw new DomainError(
        "invalid_request",
        `the patch adds or removes the environment "${key}"; environments come and go with the project's own`,
      );
    }
    const members = changedIn(
      was,
      rawEnvironment(wanted, key),
      Object.keys(WantedConfiguration.shape),
      key,
    );
    if (members.has("archived") && next.archived !== flag.archived) {
      throw new DomainError(
        "invalid_request",
        `the patch archives the flag in "${key}" alone; it is archived in all environments, by /archived`,
      );
    }
    const named = membersWithIndexes.find((name) => members.has(name));
    if (haveMoved && named !== undefined) throw ambiguous(`/environments/${key}/${named}`);
    const translated = configurationOf(configuration, next, {
      shown: WantedConfiguration.parse(was),
      changed: members,
      variations,
      required,
    });
    return [key, translated];
  });
  return {
    ...settingsOf(before, flag, { changed, variations }),
    variations,
    environments: Object.fromEntries(environments),
  };
}

/** A variation without an id is the one of its value, or of its place, where the patch left one. */
function variationsOf(
  wanted: WantedFlag["variations"],
  before: readonly FlagVariation[],
): readonly FlagVariation[] {
  const taken = new Set(wanted.map(({ _id }) => _id));
  const take = (known: FlagVariation | undefined) => {
    if (known === undefined || taken.has(known.id)) return undefined;
    taken.add(known.id);
    return known.id;
  };
  const byValue = wanted.map(
    ({ _id, value }) => _id ?? take(before.find((known) => isSame(known.value, value))),
  );
  return wanted.map(({ value, name, description }, index) => ({
    id: byValue[index] ?? take(before[index]) ?? randomUUID(),
    value,
    ...(name === undefined || name === "" ? {} : { name }),
    ...(description === undefined || description === "" ? {} : { description }),
  }));
}

function ambiguous(place: string): DomainError {
  return new DomainError(
    "invalid_request",
    `the patch moves variations and changes ${place}, which counts them; send two patches, one for each`,
  );
}

/** As the patch left it, before defaults filled it up. */
function rawEnvironment(wanted: unknown, key: string): unknown {
  return z.object({ environments: z.record(z.string(), z.unknown()) }).parse(wanted).environments[
    key
  ];
}

/** The environments in which two states of a flag differ. */
export function changedEnvironments(before: FlagState, after: FlagState): readonly string[] {
  return Object.keys(after.environments).filter(
    (key) => !isSame(configurationIn(before, key), configurationIn(after, key)),
  );
}

/** The keys of the flags that the prerequisites of a patched representation name. */
export function keysOfPrerequisites(wanted: unknown): readonly string[] {
  return Object.values(parseWanted(wanted).environments).flatMap(({ prerequisites }) =>
    prerequisites.map(({ key }) => key),
  );
}

function parseWanted(wanted: unknown): WantedFlag {
  const parsed = WantedFlag.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const at = (problem?.path ?? []).join("/");
  throw new DomainError("invalid_request", `the patch makes /${at} wrong: ${problem?.message}`);
}

/** The members that a patch has changed; throws where one is not for clients to set. */
function changedIn(
  shown: object,
  wanted: unknown,
  settable: readonly string[],
  environmentKey?: string,
): ReadonlySet<string> {
  const changed = changedMembers(shown, z.looseObject({}).parse(wanted));
  const fixed = changed.find((name) => !settable.includes(name));
  if (fixed === undefined) return new Set(changed);
  const place = environmentKey === undefined ? "" : `/environments/${environmentKey}`;
  throw new DomainError(
    "invalid_request",
    `the patch changes ${place}/${fixed}, which is not for clients to set; what can be set is ${settable.join(", ")}`,
  );
}

function settingsOf(
  before: FlagState,
  flag: WantedFlag,
  { changed, variations }: { changed: ReadonlySet<string>; variations: FlagState["variations"] },
): FlagState {
  const { maintainerId: _, maintainerTeamKey: __, ...rest } = before;
  const { name, description, tags, temporary, archived, deprecated } = flag;
  return {
    ...rest,
    name,
    description,
    tags: [...new Set(tags)],
    temporary,
    archived,
    deprecated,
    ...maintainerOf(flag, changed),
    clientSideAvailability: {
      ...flag.clientSideAvailability,
      // The older name of one of the two.
      ...(changed.has("includeInSnippet") ? { usingEnvironmentId: flag.includeInSnippet } : {}),
    },
    customProperties: changed.has("customProperties")
      ? Object.fromEntries(
          Object.entries(flag.customProperties)
            .filter(([, { value }]) => value.length > 0)
            .map(([key, { name: label, value }]) => [key, { name: label, values: value }]),
        )
      : before.customProperties,
    defaults: changed.has("defaults")
      ? {
          onVariationId: variationAt(
            variations,
            flag.defaults.onVariation,
            "/defaults/onVariation",
          ),
          offVariationId: variationAt(
            variations,
            flag.defaults.offVariation,
            "/defaults/offVariation",
          ),
        }
      : before.defaults,
  };
}

/** A person or a team, not both: the one that the patch is about takes the place of the other. */
function maintainerOf(
  { maintainerId, maintainerTeamKey }: WantedFlag,
  changed: ReadonlySet<string>,
): Pick<FlagState, "maintainerId" | "maintainerTeamKey"> {
  const isTeam = maintainerTeamKey !== undefined && changed.has("maintainerTeamKey");
  if (isTeam || maintainerId === undefined)
    return maintainerTeamKey === undefined ? {} : { maintainerTeamKey };
  return { maintainerId };
}
