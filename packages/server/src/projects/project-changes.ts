import { isSame } from "@halyard/instructions";
import { accountChange } from "../changes/account-change.ts";
import type { RecordChange } from "../changes/changes.ts";
import { type Environment, listEnvironments } from "../environments/environment-queries.ts";
import type { Tx } from "../storage/database.ts";
import { type FlagDefaults, flagDefaultsOf } from "./flag-defaults.ts";
import {
  actionOnProject,
  describeProjectSetting,
  type ProjectSettings,
  settingsOfProject,
  withProjectSettings,
} from "./project.ts";
import { deleteProject, type Project, updateProject } from "./project-queries.ts";

/** Stores settings; those that are as they were write nothing. */
export async function setProject(
  tx: Tx,
  record: RecordChange,
  {
    project,
    members,
    wanted,
    comment,
  }: {
    readonly project: Project;
    readonly members: readonly (keyof ProjectSettings)[];
    readonly wanted: ProjectSettings;
    readonly comment?: string | undefined;
  },
): Promise<Project> {
  const changed = withProjectSettings(project, members, wanted);
  const before = settingsOfProject(project);
  const after = settingsOfProject(changed);
  if (isSame(before, after)) return project;
  const stored = await updateProject(tx, changed);
  await record({
    ...aboutProject(project),
    instructions: members.map((member) => ({
      kind: actionOnProject[member],
      value: after[member],
    })),
    words: members.map((member) => describeProjectSetting(member, after)),
    comment,
    before,
    after,
  });
  return stored;
}

/** Stores what new flags of the project get; what is so already writes nothing. */
export async function setFlagDefaults(
  tx: Tx,
  record: RecordChange,
  {
    project,
    wanted,
    comment,
  }: {
    readonly project: Project;
    readonly wanted: FlagDefaults;
    readonly comment?: string | undefined;
  },
): Promise<Project> {
  const before = flagDefaultsOf(project);
  const after = { ...wanted, tags: [...new Set(wanted.tags)] };
  if (isSame(before, after)) return project;
  const stored = await updateProject(tx, { ...project, flag_defaults: JSON.stringify(after) });
  await record({
    ...aboutProject(project),
    instructions: [{ kind: "updateProjectFlagDefaults", value: after }],
    words: ["Change what new flags of the project get"],
    comment,
    before,
    after,
  });
  return stored;
}

/** Deletes a project with all that is in it; gives the environments that it had. */
export async function removeProject(
  tx: Tx,
  record: RecordChange,
  project: Project,
): Promise<readonly Environment[]> {
  const environments = await listEnvironments(tx, project.id);
  await deleteProject(tx, project.id);
  // In the account's history: the project's own has ended.
  await record({
    ...accountChange({
      kind: "project",
      key: project.key,
      resource: `proj/${project.key}`,
      instruction: "deleteProject",
      words: `Delete the project ${project.name}`,
      before: {
        key: project.key,
        ...settingsOfProject(project),
        environments: environments.map(({ key }) => key),
      },
    }),
    removal: { projectKey: project.key, environments },
  });
  return environments;
}

function aboutProject(project: Project) {
  return {
    projectId: project.id,
    kind: "project",
    key: project.key,
    resources: [`proj/${project.key}`],
    served: [],
    environments: [],
  };
}
