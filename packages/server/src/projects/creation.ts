import { randomBytes, randomUUID } from "node:crypto";
import { type FlagState, newFlagConfiguration } from "@halyard/instructions";
import type { Change } from "../changes/changes.ts";
import { newId, newKey } from "../environments/environment-key.ts";
import {
  type Environment,
  findEnvironment,
  insertEnvironment,
} from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { servedFlags } from "../flags/flag-changes.ts";
import { listFlags, saveFlag } from "../flags/flag-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { insertProject, listProjects, type Project } from "./project-queries.ts";

export interface NewEnvironment {
  readonly key: string;
  readonly name: string;
  readonly color?: string | undefined;
  readonly critical?: boolean | undefined;
}

export interface NewProject {
  readonly key: string;
  readonly name: string;
  readonly tags?: readonly string[] | undefined;
  readonly environments?: readonly NewEnvironment[] | undefined;
}

const usualEnvironments: readonly NewEnvironment[] = [
  { key: "test", name: "Test" },
  { key: "production", name: "Production", critical: true },
];

/** Stores a project with the environments given, or test and production. */
export async function createProject(
  tx: Tx,
  record: (change: Change) => Promise<void>,
  { input, at }: { input: NewProject; at: number },
): Promise<Project> {
  const { key, name, tags = [] } = input;
  if ((await listProjects(tx)).some((known) => known.key === key)) {
    throw new DomainError("conflict", `there is a project "${key}" already; choose another key`);
  }
  const project = {
    id: newId(),
    key,
    name,
    tags: JSON.stringify(tags),
    created_at: at,
    version: 0,
  };
  await insertProject(tx, project);
  for (const environment of input.environments ?? usualEnvironments) {
    await createEnvironment(tx, record, { project, input: environment, at });
  }
  await record({
    projectId: project.id,
    kind: "project",
    key,
    resources: [`proj/${key}`],
    instructions: [{ kind: "createProject" }],
    words: [`Create the project ${name}`],
    after: { key, name, tags },
    served: [],
    environments: [],
  });
  return project;
}

/** Stores an environment; every flag of the project begins in it, off. */
export async function createEnvironment(
  tx: Tx,
  record: (change: Change) => Promise<void>,
  { project, input, at }: { project: Project; input: NewEnvironment; at: number },
): Promise<Environment> {
  if ((await findEnvironment(tx, project.id, input.key)) !== undefined) {
    throw new DomainError(
      "conflict",
      `project "${project.key}" has an environment "${input.key}" already; choose another key`,
    );
  }
  const environment: Environment = {
    id: newId(),
    project_id: project.id,
    key: input.key,
    name: input.name,
    color: input.color ?? "417505",
    epoch: randomUUID().replaceAll("-", ""),
    version: 0,
    sdk_key: newKey("sdk"),
    mobile_key: newKey("mob"),
    critical: input.critical === true ? 1 : 0,
    created_at: at,
    secure_mode: 0,
    tags: "[]",
    approval_settings: "{}",
  };
  await insertEnvironment(tx, environment);
  const flags = await withEnvironment(tx, project, input.key, at);
  await record({
    projectId: project.id,
    kind: "environment",
    key: input.key,
    resources: [`proj/${project.key}:env/${input.key}`],
    instructions: [{ kind: "createEnvironment" }],
    words: [`Create the environment ${input.name}`],
    after: { key: input.key, name: input.name },
    served: await servedFlags(tx, project, flags),
    environments: [input.key],
    under: { kind: "creation" },
  });
  return environment;
}

async function withEnvironment(
  tx: Tx,
  project: Project,
  key: string,
  at: number,
): Promise<FlagState[]> {
  const flags: FlagState[] = [];
  for (const { state } of await listFlags(tx, project.id)) {
    const configuration = newFlagConfiguration(state, newSalt());
    const flag = { ...state, environments: { ...state.environments, [key]: configuration } };
    await saveFlag(tx, project.id, flag, at);
    flags.push(flag);
  }
  return flags;
}

/** What keeps one flag's rollout independent of another's. */
export function newSalt(): string {
  return randomBytes(16).toString("hex");
}

/** Where nothing is stored yet: the first start. */
export async function isEmpty(db: Db): Promise<boolean> {
  return (await listProjects(db)).length === 0;
}
