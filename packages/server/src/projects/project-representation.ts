import type { Environment } from "../environments/environment-queries.ts";
import type { Project } from "./project-queries.ts";

export function environmentRepresentation(environment: Environment, projectKey: string): object {
  const self = `/api/v2/projects/${projectKey}/environments/${environment.key}`;
  return {
    _links: { self: { href: self, type: "application/json" } },
    _id: environment.id,
    key: environment.key,
    name: environment.name,
    apiKey: environment.sdk_key,
    mobileKey: environment.mobile_key,
    color: environment.color,
    defaultTtl: 0,
    secureMode: environment.secure_mode === 1,
    defaultTrackEvents: false,
    requireComments: false,
    confirmChanges: environment.critical === 1,
    tags: [],
    critical: environment.critical === 1,
  };
}

export function projectRepresentation(
  project: Project,
  environments: readonly Environment[] | undefined,
): object {
  const self = `/api/v2/projects/${project.key}`;
  return {
    _links: {
      self: { href: self, type: "application/json" },
      environments: { href: `${self}/environments`, type: "application/json" },
    },
    _id: project.id,
    key: project.key,
    includeInSnippetByDefault: false,
    defaultClientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false },
    name: project.name,
    tags: JSON.parse(project.tags) as unknown,
    ...(environments === undefined
      ? {}
      : {
          environments: collection(
            `${self}/environments`,
            environments.map((one) => environmentRepresentation(one, project.key)),
          ),
        }),
  };
}

/** A list as REST shows it. */
export function collection(
  href: string,
  items: readonly object[],
  totalCount = items.length,
): object {
  return { _links: { self: { href, type: "application/json" } }, items, totalCount };
}
