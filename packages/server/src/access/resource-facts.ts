import { findEnvironment, listEnvironments } from "../environments/environment-queries.ts";
import { findFlag } from "../flags/flag-queries.ts";
import { findProject, type Project } from "../projects/project-queries.ts";
import { findSegment } from "../segments/segment-queries.ts";
import type { Db } from "../storage/database.ts";
import type { Resource, ResourceStep } from "./resource.ts";

/** A step before anything but its kind and key is known. */
export type Step = readonly [kind: string, key: string];

/** Stands for every environment of a project, where something concerns all of them. */
const everyEnvironment = "*";

/**
 * The resources that steps name: one, or where the steps concern every environment one for each.
 * Facts are fetched only where they are asked for, since few policies look at them.
 */
export async function resourcesAt(
  db: Db,
  steps: readonly Step[],
  needsFacts: boolean,
): Promise<readonly Resource[]> {
  const [first] = steps;
  const at = steps.findIndex(([kind, key]) => kind === "env" && key === everyEnvironment);
  const project =
    first?.[0] === "proj" && (needsFacts || at >= 0) ? await findProject(db, first[1]) : undefined;
  const paths = at < 0 ? [steps] : await forEachEnvironment(db, project, steps);
  if (!needsFacts) return paths.map((path) => path.map(withoutFacts));
  return Promise.all(paths.map((path) => withFacts(db, project, path)));
}

async function forEachEnvironment(
  db: Db,
  project: Project | undefined,
  steps: readonly Step[],
): Promise<readonly (readonly Step[])[]> {
  const environments = project === undefined ? [] : await listEnvironments(db, project.id);
  if (environments.length === 0) return [steps];
  return environments.map((environment) =>
    steps.map(([kind, key]) => [kind, kind === "env" ? environment.key : key] as const),
  );
}

function withoutFacts([kind, key]: Step): ResourceStep {
  return { kind, key, tags: [], properties: {} };
}

async function withFacts(
  db: Db,
  project: Project | undefined,
  steps: readonly Step[],
): Promise<Resource> {
  const environmentKey = steps.find(([kind]) => kind === "env")?.[1];
  const environment =
    project === undefined || environmentKey === undefined
      ? undefined
      : await findEnvironment(db, project.id, environmentKey);
  return Promise.all(
    steps.map(async (step): Promise<ResourceStep> => {
      const [kind, key] = step;
      const bare = withoutFacts(step);
      if (project === undefined) return bare;
      if (kind === "proj") return { ...bare, tags: tagsFrom(project.tags) };
      if (kind === "env" && environment !== undefined) {
        const properties = { critical: environment.critical === 1 };
        return { ...bare, tags: tagsFrom(environment.tags), properties };
      }
      if (kind === "flag") {
        return { ...bare, tags: (await findFlag(db, project.id, key))?.state.tags ?? [] };
      }
      if (kind === "segment" && environment !== undefined) {
        return { ...bare, tags: (await findSegment(db, environment.id, key))?.state.tags ?? [] };
      }
      return bare;
    }),
  );
}

function tagsFrom(json: string): readonly string[] {
  // Written by this server from its own types.
  return JSON.parse(json) as readonly string[];
}
