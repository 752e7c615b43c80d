import { randomUUID } from "node:crypto";
import {
  configurationIn,
  type FlagConfiguration,
  type FlagMigration,
  type FlagState,
  newFlagConfiguration,
  newFlagState,
  problemOfVariations,
} from "@halyard/instructions";
import { z } from "zod";
import { type Environment, listEnvironments } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { JsonValue } from "../http/json-value.ts";
import { newSalt } from "../projects/creation.ts";
import { flagDefaultsOf, withFlagDefaults } from "../projects/flag-defaults.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { decideFlag } from "./flag-changes.ts";
import { FlagKey } from "./flag-key.ts";
import { refuseUnknownMaintainer } from "./flag-maintainer.ts";
import { getFlag } from "./flag-queries.ts";

const example = {
  key: "checkout",
  name: "Checkout",
  variations: [{ value: "old" }, { value: "new" }],
  defaults: { onVariation: 1, offVariation: 0 },
};

/** What a flag is made of. */
export const FlagBody = z
  .object({
    key: FlagKey,
    name: z.string().min(1),
    description: z.string().optional(),
    tags: z.array(z.string()).optional(),
    temporary: z.boolean().optional(),
    isFlagOn: z.boolean().optional().describe("Whether it begins on in every environment."),
    includeInSnippet: z
      .boolean()
      .optional()
      .describe("The older name of clientSideAvailability.usingEnvironmentId."),
    clientSideAvailability: z
      .object({
        usingMobileKey: z.boolean().default(false),
        usingEnvironmentId: z.boolean().default(false),
      })
      .optional(),
    customProperties: z
      .record(z.string(), z.object({ name: z.string(), value: z.array(z.string()).default([]) }))
      .optional(),
    maintainerId: z.string().optional(),
    maintainerTeamKey: z.string().optional(),
    purpose: z.enum(["migration", "holdout"]).optional(),
    migrationSettings: z
      .object({
        contextKind: z.string().optional(),
        stageCount: z.coerce.number().pipe(z.union([z.literal(2), z.literal(4), z.literal(6)])),
      })
      .optional(),
    initialPrerequisites: z
      .array(z.object({ key: z.string(), variationId: z.string() }))
      .optional(),
    variations: z
      .array(
        z.object({
          _id: z.string().optional(),
          value: JsonValue,
          name: z.string().optional(),
          description: z.string().optional(),
        }),
      )
      .refine(({ length }) => length !== 1, "give at least two variations")
      .transform((list) => (list.length === 0 ? undefined : list))
      .optional()
      .describe("Without any it is true or false."),
    defaults: z.object({ onVariation: z.int().min(0), offVariation: z.int().min(0) }).optional(),
  })
  .meta({ examples: [example] });
export type FlagBody = z.infer<typeof FlagBody>;

/** The stages of a migration: with fewer, the systems are side by side for a shorter while. */
const stages = {
  2: ["off", "complete"],
  4: ["off", "shadow", "live", "complete"],
  6: ["off", "dualwrite", "shadow", "live", "rampdown", "complete"],
} as const;

/** The flag that a body describes, with a configuration in every environment. */
export async function newFlagIn(
  tx: Tx,
  project: Project,
  { body, clone }: { body: FlagBody; clone?: string | undefined },
): Promise<FlagState> {
  const original = clone === undefined ? undefined : (await getFlag(tx, project, clone)).state;
  const flag =
    original === undefined ? describedFlag(project, body) : clonedFlag(project, original, body);
  const configurationOf = ({ key, default_track_events }: Environment): FlagConfiguration => {
    const known = original === undefined ? undefined : configurationIn(original, key);
    const trackEvents = default_track_events === 1;
    const configuration = known ?? { ...newFlagConfiguration(flag, ""), trackEvents };
    const { expiringTargets: _, ...rest } = configuration;
    return { ...rest, salt: newSalt(), on: body.isFlagOn ?? configuration.on };
  };
  await refuseUnknownMaintainer(tx, flag);
  const environments = await listEnvironments(tx, project.id);
  const configured = {
    ...flag,
    environments: Object.fromEntries(environments.map((one) => [one.key, configurationOf(one)])),
  };
  const { initialPrerequisites = [] } = body;
  if (initialPrerequisites.length === 0) return configured;
  return decideFlag(tx, project, configured, {
    instructions: environments.flatMap(({ key: environmentKey }) =>
      initialPrerequisites.map((required) => ({
        kind: "addPrerequisite" as const,
        environmentKey,
        ...required,
      })),
    ),
  });
}

/** Who makes a flag looks after it, where the body names nobody. */
export function maintainedBy(memberId: string | undefined, body: FlagBody): FlagBody {
  const isNamed = body.maintainerId !== undefined || body.maintainerTeamKey !== undefined;
  return isNamed || memberId === undefined ? body : { ...body, maintainerId: memberId };
}

/** The body with what the project's defaults add to it: other defaults make no other flag of it. */
export function settledBody(body: FlagBody, flag: FlagState): FlagBody {
  const { includeInSnippet: _, ...rest } = body;
  const { tags, temporary, clientSideAvailability, variations, defaults, migration } = flag;
  const settled = { ...rest, tags: [...tags], temporary, clientSideAvailability };
  if (migration !== undefined) return settled;
  const indexOf = (variationId: string) => variations.findIndex(({ id }) => id === variationId);
  return {
    ...settled,
    variations: variations.map(({ id, ...variation }) => ({ _id: id, ...variation })),
    defaults: {
      onVariation: indexOf(defaults.onVariationId),
      offVariation: indexOf(defaults.offVariationId),
    },
  };
}

function describedFlag(project: Project, body: FlagBody): FlagState {
  const { includeInSnippet, clientSideAvailability, customProperties } = body;
  const migration = migrationOf(body);
  const variations = migration === undefined ? body.variations : stagesOf(migration, body);
  const problem = problemOfVariations(variations ?? []);
  if (problem !== undefined) throw new DomainError("invalid_request", problem);
  const availability =
    clientSideAvailability ??
    (includeInSnippet === undefined
      ? undefined
      : {
          ...flagDefaultsOf(project).defaultClientSideAvailability,
          usingEnvironmentId: includeInSnippet,
        });
  const flag = newFlagState(
    withFlagDefaults(project, {
      ...body,
      variations,
      migration,
      ...(body.tags === undefined ? {} : { tags: [...new Set(body.tags)] }),
      clientSideAvailability: availability,
      customProperties: propertiesOf(customProperties),
      // A migration begins with the old system alone.
      ...(migration === undefined || body.defaults !== undefined
        ? {}
        : { defaults: { onVariation: 0, offVariation: 0 } }),
    }),
    randomUUID,
  );
  if (flag !== undefined) return flag;
  throw new DomainError(
    "invalid_request",
    "defaults name a variation that is not given; use indexes from 0",
  );
}

/** The other flag under a new key, with what the body says beside it. */
function clonedFlag(project: Project, original: FlagState, body: FlagBody): FlagState {
  const own = ["variations", "defaults", "purpose", "migrationSettings"] as const;
  const given = own.find((name) => body[name] !== undefined);
  if (given !== undefined) {
    throw new DomainError(
      "invalid_request",
      `${given} comes from the flag "${original.key}" that is cloned; leave it out`,
    );
  }
  const {
    maintainerId: _,
    maintainerTeamKey: __,
    archived: ___,
    deprecated: ____,
    ...rest
  } = original;
  const described = describedFlag(project, body);
  return {
    ...rest,
    archived: false,
    deprecated: false,
    key: body.key,
    name: body.name,
    ...(body.description === undefined ? {} : { description: body.description }),
    ...(body.tags === undefined ? {} : { tags: described.tags }),
    ...(body.temporary === undefined ? {} : { temporary: body.temporary }),
    ...(body.clientSideAvailability === undefined && body.includeInSnippet === undefined
      ? {}
      : { clientSideAvailability: described.clientSideAvailability }),
    ...(body.customProperties === undefined
      ? {}
      : { customProperties: described.customProperties }),
    ...(body.maintainerId === undefined ? {} : { maintainerId: body.maintainerId }),
    ...(body.maintainerTeamKey === undefined ? {} : { maintainerTeamKey: body.maintainerTeamKey }),
  };
}

function propertiesOf(given: FlagBody["customProperties"]): FlagState["customProperties"] {
  return Object.fromEntries(
    Object.entries(given ?? {})
      .filter(([, { value }]) => value.length > 0)
      .map(([key, { name, value }]) => [key, { name, values: [...new Set(value)] }]),
  );
}

function migrationOf({ purpose, migrationSettings }: FlagBody): FlagMigration | undefined {
  if (purpose === "holdout") {
    throw new DomainError(
      "invalid_request",
      "flags of the purpose holdout are made with a holdout, and there are none here; leave purpose out",
    );
  }
  if ((purpose === undefined) !== (migrationSettings === undefined)) {
    throw new DomainError(
      "invalid_request",
      'a migration needs both "purpose": "migration" and "migrationSettings" with its stageCount',
    );
  }
  if (migrationSettings === undefined) return undefined;
  const { contextKind, stageCount } = migrationSettings;
  return { stageCount, ...(contextKind === undefined ? {} : { contextKind }) };
}

function stagesOf({ stageCount }: FlagMigration, { variations }: FlagBody) {
  if (variations !== undefined) {
    throw new DomainError(
      "invalid_request",
      "the variations of a migration are its stages; leave variations out",
    );
  }
  return stages[stageCount].map((value) => ({ value }));
}
