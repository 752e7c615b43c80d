import { randomBytes, randomUUID } from "node:crypto";
import { configurationIn, type FlagState, newFlagConfiguration } from "@halyard/instructions";
import type { RecordChange } from "../changes/changes.ts";
import { insertKind, userKind } from "../context-kinds/context-kind-queries.ts";
import { columnsOfSettings, type NewEnvironment, settingsOf } from "../environments/environment.ts";
import { newId, newKey } from "../environments/environment-key.ts";
import {
  type Environment,
  findEnvironment,
  insertEnvironment,
} from "../environments/environment-queries.ts";
import { copySegments } from "../environments/segment-copies.ts";
import { DomainError } from "../errors.ts";
import { servedFlags } from "../flags/flag-changes.ts";
import { listFlags, saveFlag } from "../flags/flag-queries.ts";
import { listSegments } from "../segments/segment-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { type NewProject, settingsOfProject, withProjectSettings } from "./project.ts";
import { findProject, getEnvironment, insertProject, type Project } from "./project-queries.ts";

const usualEnvironments: readonly NewEnvironment[] = [
  { key: "test", name: "Test" },
  { key: "production", name: "Production", critical: true, confirmChanges: true },
];

/** Stores a project with the environments given, or test and production. */
export async function createProject(
  tx: Tx,
  record: RecordChange,
  { input, at }: { input: NewProject; at: number },
): Promise<Project> {
  const { key } = input;
  if ((await findProject(tx, key)) !== undefined) {
    throw new DomainError("conflict", `there is a project "${key}" already; choose another key`);
  }
  const project = newProject(input, at);
  await insertProject(tx, project);
  await insertKind(tx, userKind(project.id, at));
  for (const environment of input.environments ?? usualEnvironments) {
    await createEnvironment(tx, record, { project, input: environment, at });
  }
  await record({
    projectId: project.id,
    kind: "project",
    key,
    resources: [`proj/${key}`],
    instructions: [{ kind: "createProject" }],
    words: [`Create the project ${project.name}`],
    after: { key, ...settingsOfProject(project) },
    served: [],
    environments: [],
  });
  return project;
}

function newProject(input: NewProject, at: number): Project {
  const bare = {
    id: newId(),
    key: input.key,
    name: input.name,
    tags: "[]",
    created_at: at,
    version: 0,
    flag_defaults: "{}",
    naming_convention: null,
    lifecycle: "{}",
    default_release_pipeline: null,
  };
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const settings = { ...settingsOfProject(bare), ...Object.fromEntries(given) };
  const members = (["includeInSnippetByDefault", "defaultClientSideAvailability"] as const).filter(
    (name) => input[name] !== undefined,
  );
  return withProjectSettings(bare, members, settings);
}

/** Stores an environment; every flag of the project begins in it: off, or as in the source. */
export async function createEnvironment(
  tx: Tx,
  record: RecordChange,
  { project, input, at }: { project: Project; input: NewEnvironment; at: number },
): Promise<Environment> {
  if ((await findEnvironment(tx, project.id, input.key)) !== undefined) {
    throw new DomainError(
      "conflict",
      `project "${project.key}" has an environment "${input.key}" already; choose another key`,
    );
  }
  const source = await sourceOf(tx, project, input);
  const environment = newEnvironment(project, input, at);
  await insertEnvironment(tx, environment);
  const flags = await withEnvironment(tx, project, { environment, source, at });
  const served = await servedFlags(tx, project, flags);
  const segments =
    source === undefined ? [] : await copySegments(tx, { source, target: environment, at });
  await record({
    projectId: project.id,
    kind: "environment",
    key: input.key,
    resources: [`proj/${project.key}:env/${input.key}`],
    instructions: [
      {
        kind: "createEnvironment",
        ...(source === undefined ? {} : { source: { key: source.key, version: source.version } }),
      },
    ],
    words: [
      source === undefined
        ? `Create the environment ${input.name}`
        : `Create the environment ${input.name} with the flags and segments of ${source.name}`,
    ],
    after: await beginningOf(tx, environment, flags),
    // Nothing has changed for the others.
    served: [...served.filter((one) => one.environmentId === environment.id), ...segments],
    environments: [input.key],
    under: { kind: "creation" },
  });
  return environment;
}

/** What there is in an environment at its beginning, so that the past can be told from it. */
async function beginningOf(
  tx: Tx,
  environment: Environment,
  flags: readonly FlagState[],
): Promise<object> {
  const { id, key } = environment;
  return {
    key,
    ...settingsOf(environment),
    configurations: Object.fromEntries(flags.map((flag) => [flag.key, configurationIn(flag, key)])),
    segments: (await listSegments(tx, id)).map(({ state }) => state),
  };
}

async function sourceOf(
  tx: Tx,
  project: Project,
  { source }: NewEnvironment,
): Promise<Environment | undefined> {
  if (source === undefined) return undefined;
  const { environment } = await getEnvironment(tx, project.key, source.key);
  if (source.version === undefined || source.version === environment.version) return environment;
  throw new DomainError(
    "optimistic_locking_error",
    `the environment "${source.key}" is at version ${environment.version}, not ${source.version}; look at it again, or leave the version out`,
  );
}

function newEnvironment(project: Project, input: NewEnvironment, at: number): Environment {
  return {
    id: newId(),
    project_id: project.id,
    key: input.key,
    epoch: randomUUID().replaceAll("-", ""),
    version: 0,
    sdk_key: newKey("sdk"),
    mobile_key: newKey("mob"),
    created_at: at,
    approval_settings: "{}",
    ...columnsOfSettings({
      name: input.name,
      color: input.color ?? "417505",
      defaultTtl: input.defaultTtl ?? 0,
      secureMode: input.secureMode ?? false,
      defaultTrackEvents: input.defaultTrackEvents ?? false,
      requireComments: input.requireComments ?? false,
      confirmChanges: input.confirmChanges ?? false,
      tags: input.tags ?? [],
      critical: input.critical ?? false,
    }),
  };
}

/** Gives every flag a configuration in a new environment. With a source, salts too are the same: the same contexts fall into the same buckets. */
async function withEnvironment(
  tx: Tx,
  project: Project,
  {
    environment,
    source,
    at,
  }: { environment: Environment; source: Environment | undefined; at: number },
): Promise<FlagState[]> {
  const flags: FlagState[] = [];
  for (const { state } of await listFlags(tx, project.id)) {
    const copied = source === undefined ? undefined : configurationIn(state, source.key);
    const configuration = copied ?? newFlagConfiguration(state, newSalt());
    const environments = { ...state.environments, [environment.key]: configuration };
    const flag = { ...state, environments };
    await saveFlag(tx, project.id, flag, at);
    flags.push(flag);
  }
  return flags;
}

/** What keeps one flag's rollout independent of another's. */
export function newSalt(): string {
  return randomBytes(16).toString("hex");
}

/** Where nothing has been stored yet: the first start. That all was deleted is a change, too. */
export async function isEmpty(db: Db): Promise<boolean> {
  return (
    (await db.selectFrom("change").select("version").limit(1).executeTakeFirst()) === undefined
  );
}
