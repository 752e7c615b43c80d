import type { Actor } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import type { Audience, Phase } from "./release-pipeline.ts";

export type ReleasePipeline = Tables["release_pipeline"];
export type Release = Tables["release"];

/** A phase on its way; an audience may wait for an approval request. */
export interface ReleasePhase extends Phase {
  readonly audiences: readonly (Audience & { readonly requestId?: string })[];
  readonly status: "NotStarted" | "ReadyToStart" | "Started" | "Complete";
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly completedBy?: Actor;
}

export async function listPipelines(
  db: Db,
  projectId: string,
): Promise<readonly ReleasePipeline[]> {
  return db
    .selectFrom("release_pipeline")
    .selectAll()
    .where("project_id", "=", projectId)
    .orderBy("created_at")
    .orderBy("key")
    .execute();
}

export async function getPipeline(
  db: Db,
  project: Pick<Project, "id" | "key">,
  key: string,
): Promise<ReleasePipeline> {
  const found = (await listPipelines(db, project.id)).find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new DomainError(
    "not_found",
    `no release pipeline "${key}" in project "${project.key}"; check the spelling`,
  );
}

export async function savePipeline(tx: Tx, pipeline: ReleasePipeline): Promise<ReleasePipeline> {
  const { id: _, ...rest } = pipeline;
  if (pipeline.is_default === 1) {
    await tx
      .updateTable("release_pipeline")
      .set({ is_default: 0 })
      .where("project_id", "=", pipeline.project_id)
      .execute();
  }
  return tx
    .insertInto("release_pipeline")
    .values(pipeline)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deletePipeline(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("release_pipeline").where("id", "=", id).execute();
}

export async function listReleases(db: Db, projectId: string): Promise<readonly Release[]> {
  return db
    .selectFrom("release")
    .selectAll()
    .where("project_id", "=", projectId)
    .orderBy("created_at")
    .orderBy("flag_key")
    .execute();
}

export async function getRelease(db: Db, projectId: string, flagKey: string): Promise<Release> {
  const found = (await listReleases(db, projectId)).find(({ flag_key }) => flag_key === flagKey);
  if (found !== undefined) return found;
  throw new DomainError("not_found", `flag "${flagKey}" is in no release; begin one with PUT`);
}

export async function saveRelease(tx: Tx, release: Release): Promise<Release> {
  return tx
    .insertInto("release")
    .values(release)
    .onConflict((conflict) => conflict.columns(["project_id", "flag_key"]).doUpdateSet(release))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteRelease(tx: Tx, { project_id, flag_key }: Release): Promise<void> {
  await tx
    .deleteFrom("release")
    .where("project_id", "=", project_id)
    .where("flag_key", "=", flag_key)
    .execute();
}

export function phasesOf({ phases }: ReleasePipeline): readonly Phase[] {
  return JSON.parse(phases) as readonly Phase[]; // Written from its own type.
}

export function releasePhasesOf({ phases }: Release): readonly ReleasePhase[] {
  return JSON.parse(phases) as readonly ReleasePhase[]; // Written from its own type.
}
