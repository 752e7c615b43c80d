import type { Actor } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import type { FlagInEnvironment } from "../flags/flag-in-environment.ts";
import { getFlag } from "../flags/flag-queries.ts";
import { getEnvironment, type Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import type { FlagColumns } from "../storage/tables/deferred-tables.ts";

/** Where the flag's deferred changes are; throws where the environment or the flag is missing. */
export async function placeOf(db: Db, params: FlagInEnvironment): Promise<FlagColumns> {
  const { project } = await getEnvironment(db, params.projectKey, params.environmentKey);
  await getFlag(db, project, params.flagKey);
  return placeIn(project, params);
}

export function placeIn(
  { id }: Pick<Project, "id">,
  { environmentKey, flagKey }: FlagInEnvironment,
): FlagColumns {
  return { project_id: id, environment_key: environmentKey, flag_key: flagKey };
}

/** The row where it is at the place; else the error that says so, `what` being such as "trigger". */
export function rowAt<Row extends FlagColumns>(
  { project_id, environment_key, flag_key }: FlagColumns,
  row: Row | undefined,
  what: string,
  id: string,
): Row {
  const isHere =
    row?.project_id === project_id &&
    row.environment_key === environment_key &&
    row.flag_key === flag_key;
  if (row !== undefined && isHere) return row;
  throw new DomainError(
    "not_found",
    `the flag has no ${what} "${id}" in this environment; list them to find the id`,
  );
}

/** Whose rights count when it is done. */
export function authorOf({ author }: { readonly author: string }): Actor {
  return JSON.parse(author) as Actor; // Written from its own type.
}
