import type { Change } from "../changes/changes.ts";
import type { Environment } from "../environments/environment-queries.ts";
import type { Project } from "../projects/project-queries.ts";

/** The entry of the log does not say who was forgotten but by an id, or the key that was asked for. */
export function contextDeletion(
  { project, environment }: { project: Project; environment: Environment },
  { resource, key }: { resource: string; key: string },
): Change {
  return {
    projectId: project.id,
    kind: "context",
    key,
    resources: [`proj/${project.key}:env/${environment.key}:${resource}`],
    instructions: [{ kind: "deleteContextInstance", id: key }],
    before: { id: key },
    words: ["Forget contexts that SDKs have reported"],
    served: [],
    environments: [environment.key],
  };
}
