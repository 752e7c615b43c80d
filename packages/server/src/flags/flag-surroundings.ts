import {
  type Environment,
  itemVersions,
  listEnvironments,
} from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import type { Project } from "../projects/project-queries.ts";
import { findFlagsAt, flagVersionsAt, momentAt } from "../restore/past-queries.ts";
import type { Db } from "../storage/database.ts";
import { maintainersOf } from "./flag-maintainer.ts";
import { findWithRequired, requiredFlags, type StoredFlag } from "./flag-queries.ts";
import {
  type FlagRepresentation,
  type FlagSurroundings,
  flagRepresentation,
} from "./flag-representation.ts";

interface Sources {
  readonly db: Db;
  readonly intake: EventIntake;
}

/** What is shown beside a flag's own state. */
export interface FlagView {
  /** Keys of environments; all where it is absent. */
  readonly env?: string | readonly string[] | undefined;
  readonly isSummary?: boolean;
  readonly hasEvaluations?: boolean;
  /** How it was at that time, in Unix milliseconds; absent for how it is. */
  readonly at?: number | undefined;
}

/** Reads what the representation of flags needs beside their states. */
async function surroundingsOf(
  { db, intake }: Sources,
  project: Project,
  flags: readonly StoredFlag[],
  { env, isSummary = false, hasEvaluations = false, at }: FlagView = {},
): Promise<FlagSurroundings> {
  const keys = flags.map(({ state }) => state.key);
  const environments = await Promise.all(
    (await environmentsToShow(db, project, env)).map(async ({ id, key, name, created_at }) => ({
      key,
      name,
      createdAt: created_at,
      items:
        at === undefined
          ? await itemVersions(db, { environmentId: id, kind: "flag", keys })
          : await flagVersionsAt(db, id, { keys, at }),
      ...(hasEvaluations ? { evaluations: await intake.evaluatedFlags(id) } : {}),
    })),
  );
  const wanted = flags.flatMap(({ state }) => requiredFlags(state));
  const required =
    at === undefined
      ? await findWithRequired(db, project.id, wanted)
      : await requiredAt(db, project, { wanted, at });
  const maintainers = await maintainersOf(
    db,
    flags.map(({ state }) => state),
  );
  return { projectKey: project.key, environments, required, maintainers, isSummary };
}

async function requiredAt(
  db: Db,
  { id }: Project,
  { wanted, at }: { wanted: readonly string[]; at: number },
): Promise<FlagSurroundings["required"]> {
  const found = await findFlagsAt(db, id, wanted, await momentAt(db, at));
  return new Map([...found].map(([key, { state }]) => [key, state]));
}

export async function environmentsToShow(
  db: Db,
  project: Project,
  env: FlagView["env"],
): Promise<readonly Environment[]> {
  const all = await listEnvironments(db, project.id);
  if (env === undefined) return all;
  const wanted = [env].flat();
  const unknown = wanted.find((key) => !all.some((environment) => environment.key === key));
  if (unknown !== undefined) {
    throw new DomainError(
      "not_found",
      `project "${project.key}" has no environment "${unknown}"; check the spelling`,
    );
  }
  return all.filter(({ key }) => wanted.includes(key));
}

export async function represented(
  sources: Sources,
  project: Project,
  flags: readonly StoredFlag[],
  shown?: FlagView,
): Promise<FlagRepresentation[]> {
  const surroundings = await surroundingsOf(sources, project, flags, shown);
  return flags.map((flag) => flagRepresentation(flag, surroundings));
}

export async function representedOne(
  sources: Sources,
  project: Project,
  flag: StoredFlag,
  shown?: FlagView,
): Promise<FlagRepresentation> {
  return flagRepresentation(flag, await surroundingsOf(sources, project, [flag], shown));
}
