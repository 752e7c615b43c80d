import { randomUUID } from "node:crypto";
import {
  applyFlagInstructions,
  deliveredFlag,
  describeFlagInstructions,
  environmentOf,
  type FlagInstruction,
  type FlagState,
  isInstructionError,
  needsEnvironment,
} from "@halyard/instructions";
import type { Authority, RecordChange, Served } from "../changes/changes.ts";
import { type Environment, listEnvironments } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { refuseUnconventionalKey } from "../projects/naming-convention.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { refuseUnknownMaintainer } from "./flag-maintainer.ts";
import {
  deleteFlag,
  findFlag,
  findWithRequired,
  flagsRequiring,
  requiredFlags,
  type StoredFlag,
  saveFlag,
} from "./flag-queries.ts";

export interface FlagCreation {
  readonly project: Project;
  readonly flag: FlagState;
  readonly at: number;
  readonly comment?: string | undefined;
  readonly under?: Authority | undefined;
  readonly instructions?: readonly object[];
}

/** Stores a flag that is new, and serves it. */
export async function createFlag(
  tx: Tx,
  record: RecordChange,
  { project, flag, at, comment, under, instructions = [{ kind: "createFlag" }] }: FlagCreation,
): Promise<StoredFlag> {
  await refuseKnownFlag(tx, project, flag);
  const stored = await saveFlag(tx, project.id, flag, at);
  await record({
    ...aboutFlag(project, flag.key, Object.keys(flag.environments)),
    instructions,
    comment,
    under,
    words: [`Create the flag ${flag.key}`],
    after: flag,
    served: await servedFlags(tx, project, [flag]),
  });
  return stored;
}

/** Ends the making of a flag of which the key is taken, or is not as the project names flags. */
export async function refuseKnownFlag(tx: Tx, project: Project, flag: FlagState): Promise<void> {
  refuseUnconventionalKey(project, flag.key);
  if ((await findFlag(tx, project.id, flag.key)) === undefined) return;
  throw new DomainError(
    "conflict",
    `project "${project.key}" has a flag "${flag.key}" already; choose another key`,
  );
}

export interface FlagPatch {
  readonly instructions: readonly FlagInstruction[];
  readonly environmentKey?: string | undefined;
  readonly comment?: string | undefined;
  readonly under?: Authority | undefined;
}

/** The flag as the instructions leave it, or the error that says which does not fit. */
export async function decideFlag(
  tx: Tx,
  project: Project,
  before: FlagState,
  patch: FlagPatch,
): Promise<FlagState> {
  const named = patch.instructions.flatMap((instruction) =>
    "key" in instruction ? [instruction.key] : [],
  );
  const listed = patch.instructions.flatMap((instruction) =>
    instruction.kind === "replacePrerequisites"
      ? instruction.prerequisites.map(({ key }) => key)
      : [],
  );
  const required = await findWithRequired(tx, project.id, [...named, ...listed]);
  const after = applyFlagInstructions(before, patch.instructions, {
    newId: randomUUID,
    findFlag: (key) => required.get(key),
    ...(patch.environmentKey === undefined ? {} : { environmentKey: patch.environmentKey }),
  });
  if (isInstructionError(after)) throw new DomainError("invalid_request", after.message);
  if (after.archived && !before.archived)
    await refuseWhileRequired(tx, project, before.key, "archived");
  await refuseUnknownMaintainer(tx, after, before);
  await refuseLosingRequired(tx, project, before, after);
  return after;
}

/** A flag as a change would leave it, where the change is only tried. */
export function triedFlag(found: StoredFlag, state: FlagState, at: number): StoredFlag {
  const { archivedAt = at, deprecatedAt = at, version, createdAt } = found;
  return {
    state,
    version,
    createdAt,
    ...(state.archived ? { archivedAt } : {}),
    ...(state.deprecated ? { deprecatedAt } : {}),
  };
}

/** Stores what a flag has become, and serves it where that changes what is served. */
export async function changeFlag(
  tx: Tx,
  record: RecordChange,
  {
    project,
    before,
    after,
    patch,
    at,
  }: { project: Project; before: FlagState; after: FlagState; patch: FlagPatch; at: number },
): Promise<StoredFlag> {
  const stored = await saveFlag(tx, project.id, after, at);
  const dependents = sameVariations(before, after)
    ? []
    : await flagsRequiring(tx, project.id, after.key);
  const environments = environmentsOf(patch, after);
  await record({
    ...aboutFlag(project, after.key, environments),
    instructions: patch.instructions,
    words: describeFlagInstructions(patch.instructions, before, patch.environmentKey),
    comment: patch.comment,
    under: patch.under,
    before,
    after,
    served: await servedFlags(tx, project, [after, ...dependents]),
  });
  return stored;
}

/** Does what a patch says; one that changes nothing is not kept. */
export async function patchFlag(
  tx: Tx,
  record: RecordChange,
  given: { project: Project; before: FlagState; patch: FlagPatch; at: number },
): Promise<void> {
  const { project, before, patch } = given;
  const after = await decideFlag(tx, project, before, patch);
  if (after !== before) await changeFlag(tx, record, { ...given, after });
}

export async function removeFlag(
  tx: Tx,
  record: RecordChange,
  {
    project,
    flag,
    comment,
    under,
  }: {
    project: Project;
    flag: FlagState;
    comment?: string | undefined;
    under?: Authority | undefined;
  },
): Promise<void> {
  await refuseWhileRequired(tx, project, flag.key, "deleted");
  await deleteFlag(tx, project.id, flag.key);
  const environments = await listEnvironments(tx, project.id);
  await record({
    ...aboutFlag(
      project,
      flag.key,
      environments.map(({ key }) => key),
    ),
    instructions: [{ kind: "deleteFlag" }],
    under,
    words: [`Delete the flag ${flag.key}`],
    comment,
    before: flag,
    served: environments.map(({ id }) => ({
      environmentId: id,
      kind: "flag",
      key: flag.key,
      bodyAt: () => undefined,
    })),
  });
}

/** What each environment serves of the flags now; archived ones are not served. */
export async function servedFlags(
  tx: Tx,
  project: Project,
  flags: readonly FlagState[],
): Promise<Served[]> {
  const required = await findWithRequired(tx, project.id, flags.flatMap(requiredFlags));
  const environments = await listEnvironments(tx, project.id);
  return flags.flatMap((flag) =>
    environments.map((environment) => servedFlag(flag, environment, required)),
  );
}

function servedFlag(
  flag: FlagState,
  environment: Environment,
  required: ReadonlyMap<string, FlagState>,
): Served {
  const findRequired = (key: string) => required.get(key);
  return {
    environmentId: environment.id,
    kind: "flag",
    key: flag.key,
    bodyAt: (version) =>
      flag.archived
        ? undefined
        : deliveredFlag(flag, { environmentKey: environment.key, version, findFlag: findRequired }),
  };
}

export async function refuseWhileRequired(
  tx: Tx,
  project: Project,
  key: string,
  what: string,
): Promise<void> {
  const [first] = await flagsRequiring(tx, project.id, key);
  if (first === undefined) return;
  throw new DomainError(
    "conflict",
    `flag "${key}" cannot be ${what} while "${first.key}" requires it; remove that prerequisite first`,
  );
}

/** Ends a change that takes away a variation which another flag requires. */
async function refuseLosingRequired(
  tx: Tx,
  project: Project,
  before: FlagState,
  after: FlagState,
): Promise<void> {
  const lost = before.variations.filter(
    ({ id }) => !after.variations.some((kept) => kept.id === id),
  );
  if (lost.length === 0) return;
  for (const flag of await flagsRequiring(tx, project.id, before.key)) {
    for (const { prerequisites } of Object.values(flag.environments)) {
      const taken = prerequisites.find(
        ({ key, variationId }) => key === before.key && lost.some(({ id }) => id === variationId),
      );
      if (taken === undefined) continue;
      throw new DomainError(
        "conflict",
        `flag "${flag.key}" requires a variation of "${before.key}" that would be removed; change that prerequisite first`,
      );
    }
  }
}

/** Those that the instructions name; all where some are about the flag as a whole. */
function environmentsOf(
  { instructions, environmentKey }: FlagPatch,
  flag: FlagState,
): readonly string[] {
  if (instructions.some(({ kind }) => !needsEnvironment(kind)))
    return Object.keys(flag.environments);
  const named = instructions.map((one) => environmentOf(one) ?? environmentKey);
  return [...new Set(named)].filter((key) => key !== undefined);
}

function sameVariations(a: FlagState, b: FlagState): boolean {
  return (
    a.variations.length === b.variations.length &&
    a.variations.every(({ id }, index) => b.variations[index]?.id === id)
  );
}

function aboutFlag(project: Project, key: string, environments: readonly string[]) {
  return {
    projectId: project.id,
    kind: "flag",
    key,
    environments,
    resources: environments.map((one) => `proj/${project.key}:env/${one}:flag/${key}`),
  };
}
