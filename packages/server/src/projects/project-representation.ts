import { z } from "zod";
import type { Access } from "../access/route-access.ts";
import { ApprovalSettings, approvalSettingsOf } from "../approvals/approval-settings.ts";
import { EnvironmentSettings, settingsOf } from "../environments/environment.ts";
import { endingOf } from "../environments/environment-key.ts";
import type { Environment } from "../environments/environment-queries.ts";
import { Link, linkTo, listOf, wholeList } from "../http/paging.ts";
import { ProjectSettings, settingsOfProject } from "./project.ts";
import type { Project } from "./project-queries.ts";

/** An environment as REST shows it. */
export const EnvironmentRepresentation = EnvironmentSettings.extend({
  _links: z.object({ self: Link }),
  _id: z.string().describe("It is the client-side ID too."),
  key: z.string(),
  apiKey: z.string().describe("The SDK key; only how it ends for those who may not view it."),
  mobileKey: z.string(),
  approvalSettings: ApprovalSettings.describe("Of flags."),
  resourceApprovalSettings: z.record(z.string(), ApprovalSettings),
}).meta({ id: "Environment" });
export type EnvironmentRepresentation = z.output<typeof EnvironmentRepresentation>;

/** A project as REST shows it; its environments are there where they are asked for. */
export const ProjectRepresentation = ProjectSettings.extend({
  _links: z.object({ self: Link, environments: Link, flagDefaults: Link }),
  _id: z.string(),
  key: z.string(),
  environments: listOf(EnvironmentRepresentation).optional(),
}).meta({ id: "Project" });
export type ProjectRepresentation = z.output<typeof ProjectRepresentation>;

/** A project that was written shows its environments as a bare list; read, they are a collection. */
export const WrittenProjectRepresentation = ProjectRepresentation.extend({
  environments: z.array(EnvironmentRepresentation),
}).meta({ id: "WrittenProject" });

/** An environment as somebody is shown it: its SDK key is for those who may view it. */
export async function shownEnvironment(
  environment: Environment,
  projectKey: string,
  access: Access,
): Promise<EnvironmentRepresentation> {
  const { id, key, sdk_key, mobile_key } = environment;
  const mayView = await access.permits("viewSdkKey", ["proj", projectKey], ["env", key]);
  return {
    _links: { self: linkTo(`/api/v2/projects/${projectKey}/environments/${key}`) },
    _id: id,
    key,
    apiKey: mayView ? sdk_key : endingOf(sdk_key),
    mobileKey: mobile_key,
    ...settingsOf(environment),
    approvalSettings: approvalSettingsOf(environment, "flag"),
    resourceApprovalSettings: { segment: approvalSettingsOf(environment, "segment") },
  };
}

export function projectRepresentation(
  project: Project,
): Omit<ProjectRepresentation, "environments"> {
  const self = `/api/v2/projects/${project.key}`;
  return {
    _links: {
      self: linkTo(self),
      environments: linkTo(`${self}/environments`),
      flagDefaults: linkTo(`${self}/flag-defaults`),
    },
    _id: project.id,
    key: project.key,
    ...settingsOfProject(project),
  };
}

/** A project together with its environments. */
export async function expandedProject(
  project: Project,
  environments: readonly Environment[],
  access: Access,
): Promise<ProjectRepresentation> {
  const { environments: items, ...rest } = await writtenProject(project, environments, access);
  const href = `/api/v2/projects/${project.key}/environments`;
  return { ...rest, environments: wholeList(href, items) };
}

export async function writtenProject(
  project: Project,
  environments: readonly Environment[],
  access: Access,
): Promise<z.output<typeof WrittenProjectRepresentation>> {
  const items = environments.map((one) => shownEnvironment(one, project.key, access));
  return { ...projectRepresentation(project), environments: await Promise.all(items) };
}
