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
import {
  asksForActivity,
  asksForEvaluations,
  type FlagActivity,
  type FlagFilter,
} from "./flag-filter.ts";
import { findWithRequired, requiredFlags, type StoredFlag } from "./flag-queries.ts";
import type { FlagSurroundings } from "./flag-representation.ts";

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
export async function surroundingsOf(
  { db, intake }: { db: Db; intake: EventIntake },
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
  return { projectKey: project.key, environments, required, isSummary };
}

async function requiredAt(
  db: Db,
  { id }: Project,
  { wanted, at }: { wanted: readonly string[]; at: number },
): Promise<FlagSurroundings["required"]> {
  const found = await findFlagsAt(db, id, wanted, await momentAt(db, at));
  return new Map([...found].map(([key, { state }]) => [key, state]));
}

/** What a filter wants to know of flags in its environment, or in those that are shown. */
export async function activitiesOf(
  { db, intake }: { db: Db; intake: EventIntake },
  project: Project,
  flags: readonly StoredFlag[],
  { filter, env }: { filter: FlagFilter; env: FlagView["env"] },
): Promise<readonly FlagActivity[]> {
  const environments = await environmentsToShow(db, project, filter.filterEnv ?? env);
  if (!asksForActivity(filter)) return [];
  const keys = flags.map(({ state }) => state.key);
  return Promise.all(
    environments.map(async ({ id, key }) => ({
      environmentKey: key,
      modified: await itemVersions(db, { environmentId: id, kind: "flag", keys }),
      evaluations: asksForEvaluations(filter) ? await intake.evaluatedFlags(id) : undefined,
    })),
  );
}

async function environmentsToShow(
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
