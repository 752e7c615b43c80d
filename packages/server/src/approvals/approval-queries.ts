import { sql } from "kysely";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { FlagColumns } from "../storage/tables/deferred-tables.ts";
import type { Tables } from "../storage/tables.ts";
import type { CountedReview, ReviewedContent } from "./approval.ts";
import type { SettingsByKind } from "./approval-settings.ts";

export type ApprovalRequest = Tables["approval_request"];
export type ApprovalReview = Tables["approval_review"];

export async function listApprovalRequests(db: Db): Promise<readonly ApprovalRequest[]> {
  return db
    .selectFrom("approval_request")
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
}

export async function listApprovalRequestsOf(
  db: Db,
  { flag_key: resource_key, ...place }: FlagColumns,
): Promise<readonly ApprovalRequest[]> {
  return db
    .selectFrom("approval_request")
    .selectAll()
    .where((row) => row.and({ ...place, kind: "flag", resource_key }))
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
}

export async function findApprovalRequest(
  db: Db,
  id: string,
): Promise<ApprovalRequest | undefined> {
  return db.selectFrom("approval_request").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function getApprovalRequest(db: Db, id: string): Promise<ApprovalRequest> {
  const request = await findApprovalRequest(db, id);
  if (request !== undefined) return request;
  throw new DomainError("not_found", `no approval request "${id}"; list them to find the id`);
}

export async function saveApprovalRequest(
  tx: Tx,
  request: ApprovalRequest,
): Promise<ApprovalRequest> {
  const { id: _, ...rest } = request;
  return tx
    .insertInto("approval_request")
    .values(request)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteApprovalRequest(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("approval_request").where("id", "=", id).execute();
}

/** Approved requests whose time has come. */
export async function listDueApprovalRequests(
  db: Db,
  now: number,
): Promise<readonly ApprovalRequest[]> {
  return db
    .selectFrom("approval_request")
    .selectAll()
    .where("status", "=", "scheduled")
    .where("execution_date", "<=", now)
    .orderBy("execution_date")
    .execute();
}

/** Oldest first. */
export async function listReviews(db: Db, requestId: string): Promise<readonly ApprovalReview[]> {
  return db
    .selectFrom("approval_review")
    .selectAll()
    .where("request_id", "=", requestId)
    .orderBy(sql`rowid`)
    .execute();
}

export async function insertReview(tx: Tx, review: ApprovalReview): Promise<void> {
  await tx.insertInto("approval_review").values(review).execute();
}

export async function saveApprovalSettings(
  tx: Tx,
  environmentId: string,
  settings: SettingsByKind,
): Promise<void> {
  await tx
    .updateTable("environment")
    .set({ approval_settings: JSON.stringify(settings) })
    .where("id", "=", environmentId)
    .execute();
}

export function contentOf({ content_version, authors }: ApprovalRequest): ReviewedContent {
  return { contentVersion: content_version, authors: listIn(authors) };
}

export function countedReviews(reviews: readonly ApprovalReview[]): readonly CountedReview[] {
  return reviews.map(({ kind, member_id, content_version }) => ({
    kind,
    memberId: member_id,
    contentVersion: content_version,
  }));
}

/** A JSON list of texts, as this server writes it. */
export function listIn(json: string): readonly string[] {
  return JSON.parse(json) as readonly string[];
}
