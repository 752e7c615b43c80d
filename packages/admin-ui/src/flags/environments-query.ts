import { apiPath, resource } from "../api/queries.ts";
import type { Environment, Items } from "../api/representations.ts";

/** The environments of a project, in their order. */
export function environmentsOf(project: string) {
  const path = apiPath("projects", project, "environments");
  return resource<Items<Environment>>(`${path}?limit=10000`);
}
