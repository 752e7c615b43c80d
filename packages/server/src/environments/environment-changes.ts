import { isSame } from "@halyard/instructions";
import type { RecordChange } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { listFlags, saveFlag } from "../flags/flag-queries.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import {
  actionOnEnvironment,
  columnsOfSettings,
  describeSetting,
  type EnvironmentSettings,
  settingsOf,
} from "./environment.ts";
import { endingOf } from "./environment-key.ts";
import {
  deleteEnvironment,
  type Environment,
  listEnvironments,
  listKeys,
  updateEnvironment,
} from "./environment-queries.ts";

export interface EnvironmentPlace {
  readonly project: Project;
  readonly environment: Environment;
}

/** Stores settings; those that are as they were write nothing. */
export async function setEnvironment(
  tx: Tx,
  record: RecordChange,
  {
    project,
    environment,
    members,
    wanted,
    comment,
  }: EnvironmentPlace & {
    readonly members: readonly (keyof EnvironmentSettings)[];
    readonly wanted: EnvironmentSettings;
    readonly comment?: string | undefined;
  },
): Promise<Environment> {
  const after = { ...environment, ...columnsOfSettings(wanted) };
  if (isSame(settingsOf(environment), settingsOf(after))) return environment;
  return changeEnvironment(
    tx,
    record,
    { project, environment },
    {
      instructions: members.map((member) => ({
        kind: actionOnEnvironment[member],
        value: wanted[member],
      })),
      words: members.map((member) => describeSetting(member, wanted)),
      comment,
      act: () => updateEnvironment(tx, after),
    },
  );
}

export interface EnvironmentAct {
  readonly instructions: readonly object[];
  readonly words: readonly string[];
  readonly comment?: string | undefined;
  /** Does it; gives the environment as it is then. */
  readonly act: () => Promise<Environment>;
}

/** Records what is done to an environment, and how it was before and is after. */
export async function changeEnvironment(
  tx: Tx,
  record: RecordChange,
  { project, environment }: EnvironmentPlace,
  { instructions, words, comment, act }: EnvironmentAct,
): Promise<Environment> {
  const before = await stateOf(tx, environment);
  const changed = await act();
  await record({
    ...aboutEnvironment(project, environment.key),
    instructions,
    words,
    comment,
    before,
    after: await stateOf(tx, changed),
  });
  return changed;
}

/** Deletes an environment: its segments, its keys, and what its flags are told there. */
export async function removeEnvironment(
  tx: Tx,
  record: RecordChange,
  { project, environment, at }: EnvironmentPlace & { readonly at: number },
): Promise<void> {
  if ((await listEnvironments(tx, project.id)).length === 1) {
    throw new DomainError(
      "conflict",
      `"${environment.key}" is the last environment of project "${project.key}"; make another one first, or delete the project`,
    );
  }
  const before = await stateOf(tx, environment);
  for (const { state } of await listFlags(tx, project.id)) {
    const { [environment.key]: _, ...environments } = state.environments;
    await saveFlag(tx, project.id, { ...state, environments }, at);
  }
  await deleteEnvironment(tx, environment.id);
  await record({
    ...aboutEnvironment(project, environment.key),
    instructions: [{ kind: "deleteEnvironment" }],
    words: [`Delete the environment ${environment.name}`],
    before,
    removal: { projectKey: project.key, environments: [environment] },
  });
}

/** What the log keeps of an environment; of keys only how they end. */
async function stateOf(db: Db, environment: Environment): Promise<object> {
  const keys = await listKeys(db, environment.id);
  return {
    key: environment.key,
    ...settingsOf(environment),
    apiKey: endingOf(environment.sdk_key),
    mobileKey: endingOf(environment.mobile_key),
    furtherKeys: keys.map(({ secret, kind, name, expires_at }) => ({
      key: endingOf(secret),
      kind,
      name,
      expiresAt: expires_at,
    })),
  };
}

function aboutEnvironment(project: Project, key: string) {
  return {
    projectId: project.id,
    kind: "environment",
    key,
    resources: [`proj/${project.key}:env/${key}`],
    served: [],
    environments: [key],
  };
}
