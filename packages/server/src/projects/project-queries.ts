import { type Environment, findEnvironment } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

export type Project = Tables["project"];

export async function listProjects(db: Db): Promise<readonly Project[]> {
  return db.selectFrom("project").selectAll().orderBy("created_at").orderBy("key").execute();
}

export async function findProject(db: Db, key: string): Promise<Project | undefined> {
  return db.selectFrom("project").selectAll().where("key", "=", key).executeTakeFirst();
}

export async function findProjectById(db: Db, id: string): Promise<Project | undefined> {
  return db.selectFrom("project").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function getProject(db: Db, key: string): Promise<Project> {
  const project = await findProject(db, key);
  if (project === undefined) {
    throw new DomainError(
      "not_found",
      `no project "${key}"; check the spelling, keys are case-sensitive`,
    );
  }
  return project;
}

export async function getEnvironment(
  db: Db,
  projectKey: string,
  key: string,
): Promise<{ project: Project; environment: Environment }> {
  const project = await getProject(db, projectKey);
  const environment = await findEnvironment(db, project.id, key);
  if (environment === undefined) {
    throw new DomainError(
      "not_found",
      `project "${projectKey}" has no environment "${key}"; check the spelling`,
    );
  }
  return { project, environment };
}

export async function insertProject(tx: Tx, project: Project): Promise<void> {
  await tx.insertInto("project").values(project).execute();
}

export async function updateProject(tx: Tx, project: Project): Promise<Project> {
  const { id, created_at: _, key: __, version: ___, ...settings } = project;
  return tx
    .updateTable("project")
    .set(settings)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What belongs to the project goes with it. */
export async function deleteProject(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("project").where("id", "=", id).execute();
}
