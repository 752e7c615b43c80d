import { z } from "zod";
import { ApprovalSettings, approvalSettingsOf } from "../approvals/approval-settings.ts";
import type { Environment } from "../environments/environment-queries.ts";
import { Link, linkTo, listOf, wholeList } from "../http/paging.ts";
import type { Project } from "./project-queries.ts";

/** An environment as REST shows it. */
export const EnvironmentRepresentation = z
  .object({
    _links: z.object({ self: Link }),
    _id: z.string().describe("It is the client-side ID too."),
    key: z.string(),
    name: z.string(),
    apiKey: z.string().describe("The SDK key."),
    mobileKey: z.string(),
    color: z.string(),
    defaultTtl: z.int(),
    secureMode: z.boolean(),
    defaultTrackEvents: z.boolean(),
    requireComments: z.boolean(),
    confirmChanges: z.boolean(),
    tags: z.array(z.string()),
    approvalSettings: ApprovalSettings.describe("Of flags."),
    resourceApprovalSettings: z.record(z.string(), ApprovalSettings),
    critical: z.boolean(),
  })
  .meta({ id: "Environment" });
export type EnvironmentRepresentation = z.output<typeof EnvironmentRepresentation>;

/** A project as REST shows it; its environments are there where they are asked for. */
export const ProjectRepresentation = z
  .object({
    _links: z.object({ self: Link, environments: Link }),
    _id: z.string(),
    key: z.string(),
    includeInSnippetByDefault: z.boolean(),
    defaultClientSideAvailability: z.object({
      usingMobileKey: z.boolean(),
      usingEnvironmentId: z.boolean(),
    }),
    name: z.string(),
    tags: z.array(z.string()),
    environments: listOf(EnvironmentRepresentation).optional(),
  })
  .meta({ id: "Project" });
export type ProjectRepresentation = z.output<typeof ProjectRepresentation>;

/** A new project shows its environments as a bare list; asked for later, they are a collection. */
export const NewProjectRepresentation = ProjectRepresentation.extend({
  environments: z.array(EnvironmentRepresentation),
}).meta({ id: "NewProject" });

export function environmentRepresentation(
  environment: Environment,
  projectKey: string,
): EnvironmentRepresentation {
  const self = `/api/v2/projects/${projectKey}/environments/${environment.key}`;
  return {
    _links: { self: linkTo(self) },
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
    approvalSettings: approvalSettingsOf(environment, "flag"),
    resourceApprovalSettings: { segment: approvalSettingsOf(environment, "segment") },
    critical: environment.critical === 1,
  };
}

export function projectRepresentation(
  project: Project,
): Omit<ProjectRepresentation, "environments"> {
  const self = `/api/v2/projects/${project.key}`;
  return {
    _links: { self: linkTo(self), environments: linkTo(`${self}/environments`) },
    _id: project.id,
    key: project.key,
    includeInSnippetByDefault: false,
    defaultClientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false },
    name: project.name,
    tags: tagsOf(project),
  };
}

/** A project together with its environments. */
export function expandedProject(
  project: Project,
  environments: readonly Environment[],
): ProjectRepresentation {
  const items = environments.map((one) => environmentRepresentation(one, project.key));
  const href = `/api/v2/projects/${project.key}/environments`;
  return { ...projectRepresentation(project), environments: wholeList(href, items) };
}

export function tagsOf({ tags }: Project): string[] {
  return JSON.parse(tags) as string[]; // Written by this server from its own type.
}
