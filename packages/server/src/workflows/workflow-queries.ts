import type { Actor } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import type { Stage, StageInput } from "./workflow.ts";

export type Workflow = Tables["workflow"];
export type WorkflowTemplate = Tables["workflow_template"];

/** Where workflows are: a flag in an environment. */
export interface WorkflowPlace {
  readonly projectId: string;
  readonly environmentKey: string;
  readonly flagKey: string;
}

export async function listWorkflows(
  db: Db,
  { projectId, environmentKey, flagKey }: WorkflowPlace,
): Promise<readonly Workflow[]> {
  return db
    .selectFrom("workflow")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("environment_key", "=", environmentKey)
    .where("flag_key", "=", flagKey)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function listActiveWorkflows(db: Db): Promise<readonly Workflow[]> {
  return db
    .selectFrom("workflow")
    .selectAll()
    .where("status", "=", "active")
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function findWorkflow(db: Db, id: string): Promise<Workflow | undefined> {
  return db.selectFrom("workflow").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function getWorkflow(db: Db, place: WorkflowPlace, id: string): Promise<Workflow> {
  const found = (await listWorkflows(db, place)).find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new DomainError(
    "not_found",
    `the flag has no workflow "${id}" in this environment; list them to find the id`,
  );
}

export async function saveWorkflow(tx: Tx, workflow: Workflow): Promise<Workflow> {
  const { id: _, ...rest } = workflow;
  return tx
    .insertInto("workflow")
    .values(workflow)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteWorkflow(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("workflow").where("id", "=", id).execute();
}

export async function listTemplates(db: Db): Promise<readonly WorkflowTemplate[]> {
  return db.selectFrom("workflow_template").selectAll().orderBy("key").execute();
}

export async function getTemplate(db: Db, key: string): Promise<WorkflowTemplate> {
  const found = (await listTemplates(db)).find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new DomainError("not_found", `no workflow template "${key}"; check the spelling`);
}

export async function insertTemplate(tx: Tx, template: WorkflowTemplate): Promise<void> {
  await tx.insertInto("workflow_template").values(template).execute();
}

export async function deleteTemplate(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("workflow_template").where("id", "=", id).execute();
}

export function stagesOf({ stages }: Pick<Workflow, "stages">): readonly Stage[] {
  return JSON.parse(stages) as readonly Stage[]; // Written from its own type.
}

export function stageInputsOf({ stages }: Pick<WorkflowTemplate, "stages">): readonly StageInput[] {
  return JSON.parse(stages) as readonly StageInput[]; // Written from its own type.
}

export function authorOf({ author }: Pick<Workflow, "author">): Actor {
  return JSON.parse(author) as Actor; // Written from its own type.
}
