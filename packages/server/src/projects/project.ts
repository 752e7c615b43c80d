import { z } from "zod";
import { NewEnvironment, ResourceKey, Tags } from "../environments/environment.ts";
import { ClientSideAvailability, flagDefaultsOf } from "./flag-defaults.ts";
import { NamingConvention, namingConventionOf } from "./naming-convention.ts";
import type { Project } from "./project-queries.ts";

/** What people may set of a project. */
export const ProjectSettings = z.object({
  name: z.string().min(1),
  tags: Tags,
  includeInSnippetByDefault: z
    .boolean()
    .describe("The older name of defaultClientSideAvailability.usingEnvironmentId."),
  defaultClientSideAvailability: ClientSideAvailability,
  defaultReleasePipelineKey: z.string().optional(),
  namingConvention: NamingConvention.optional(),
});
export type ProjectSettings = z.infer<typeof ProjectSettings>;

export const NewProject = ProjectSettings.omit({ defaultReleasePipelineKey: true })
  .partial()
  .extend({
    key: ResourceKey,
    name: ProjectSettings.shape.name,
    environments: z.array(NewEnvironment).min(1).optional(),
  })
  .meta({
    examples: [
      {
        key: "web-shop",
        name: "Web shop",
        environments: [{ key: "production", name: "Production" }],
      },
    ],
  });
export type NewProject = z.infer<typeof NewProject>;

/** What policies call the change of a setting. */
export const actionOnProject: Readonly<Record<keyof ProjectSettings, string>> = {
  name: "updateProjectName",
  tags: "updateTags",
  includeInSnippetByDefault: "updateIncludeInSnippetByDefault",
  defaultClientSideAvailability: "updateDefaultClientSideAvailability",
  defaultReleasePipelineKey: "updateDefaultReleasePipeline",
  namingConvention: "updateProjectFlagDefaults",
};

/** The settings as they are kept. */
export function settingsOfProject(project: Project): ProjectSettings {
  const { defaultClientSideAvailability } = flagDefaultsOf(project);
  const namingConvention = namingConventionOf(project);
  const pipeline = project.default_release_pipeline;
  return {
    name: project.name,
    tags: JSON.parse(project.tags) as string[], // Written by this server from its own type.
    includeInSnippetByDefault: defaultClientSideAvailability.usingEnvironmentId,
    defaultClientSideAvailability,
    ...(pipeline === null ? {} : { defaultReleasePipelineKey: pipeline }),
    ...(namingConvention === undefined ? {} : { namingConvention }),
  };
}

/** The project with what has been set, where `members` says which settings were meant. */
export function withProjectSettings(
  project: Project,
  members: readonly (keyof ProjectSettings)[],
  settings: ProjectSettings,
): Project {
  const { namingConvention, defaultReleasePipelineKey, includeInSnippetByDefault } = settings;
  const isOlderNameMeant =
    members.includes("includeInSnippetByDefault") &&
    !members.includes("defaultClientSideAvailability");
  const defaultClientSideAvailability = isOlderNameMeant
    ? {
        ...settings.defaultClientSideAvailability,
        usingEnvironmentId: includeInSnippetByDefault,
      }
    : settings.defaultClientSideAvailability;
  return {
    ...project,
    name: settings.name,
    tags: JSON.stringify([...new Set(settings.tags)]),
    flag_defaults: JSON.stringify({ ...flagDefaultsOf(project), defaultClientSideAvailability }),
    naming_convention: namingConvention === undefined ? null : JSON.stringify(namingConvention),
    default_release_pipeline: defaultReleasePipelineKey ?? null,
  };
}

/** The change of a setting in a sentence. */
export function describeProjectSetting(
  member: keyof ProjectSettings,
  settings: ProjectSettings,
): string {
  switch (member) {
    case "name":
      return `Call the project ${settings.name}`;
    case "tags":
      return settings.tags.length === 0
        ? "Take all tags off the project"
        : `Tag the project with ${settings.tags.join(", ")}`;
    case "includeInSnippetByDefault":
    case "defaultClientSideAvailability":
      return `Make new flags available ${audienceOf(settings.defaultClientSideAvailability)}`;
    case "defaultReleasePipelineKey":
      return settings.defaultReleasePipelineKey === undefined
        ? "Have no release pipeline by default"
        : `Release by the pipeline ${settings.defaultReleasePipelineKey} by default`;
    case "namingConvention":
      return settings.namingConvention === undefined
        ? "Leave the keys of flags free"
        : "Set how the keys of flags are formed";
    default:
      return member satisfies never;
  }
}

function audienceOf({
  usingMobileKey,
  usingEnvironmentId,
}: ProjectSettings["defaultClientSideAvailability"]): string {
  if (usingMobileKey && usingEnvironmentId) return "to phones and browsers";
  if (usingMobileKey) return "to phones";
  return usingEnvironmentId ? "to browsers" : "to servers only";
}
