import { rowAt } from "../deferred/deferred-queries.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { FlagColumns } from "../storage/tables/deferred-tables.ts";
import type { Tables } from "../storage/tables.ts";
import type { Stage, StageInput } from "./workflow.ts";

export type Workflow = Tables["workflow"];
export type WorkflowTemplate = Tables["workflow_template"];

export async function listWorkflows(db: Db, place: FlagColumns): Promise<readonly Workflow[]> {
  return db
    .selectFrom("workflow")
    .selectAll()
    .where((row) => row.and({ ...place }))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** Of all flags of a project, the newest first. */
export async function listWorkflowsInProject(
  db: Db,
  projectId: string,
): Promise<readonly Workflow[]> {
  return db
    .selectFrom("workflow")
    .selectAll()
    .where("project_id", "=", projectId)
    .orderBy("created_at", "desc")
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

export async function getWorkflow(db: Db, place: FlagColumns, id: string): Promise<Workflow> {
  return rowAt(place, await findWorkflow(db, id), "workflow", id);
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
