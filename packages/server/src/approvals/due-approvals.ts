import type { Changes } from "../changes/changes.ts";
import type { Actor } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { applyRequest } from "./approval-application.ts";
import { recordOn } from "./approval-changes.ts";
import {
  type ApprovalRequest,
  findApprovalRequest,
  listDueApprovalRequests,
  saveApprovalRequest,
} from "./approval-queries.ts";
import type { ReviewablePlace } from "./reviewable.ts";

/** Applies approved requests whose time has come; what cannot be applied any more says why. */
export async function applyDueRequests(db: Db, changes: Changes): Promise<void> {
  for (const due of await listDueApprovalRequests(db, changes.now)) {
    const actor = actorOf(due);
    try {
      await changes.write(actor, async (tx, record) => {
        const request = await findApprovalRequest(tx, due.id);
        if (request?.status !== "scheduled") return;
        const place = await placeOfRequest(tx, request);
        const { project, environment } = await getEnvironment(
          tx,
          place.projectKey,
          place.environmentKey,
        );
        const memberId = request.applied_by_member_id ?? undefined;
        const by = { actor: applierOf(request), memberId };
        await applyRequest(tx, record, { request, project, environment, by, at: changes.now });
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await changes.write(actor, async (tx, record) => {
        const request = await findApprovalRequest(tx, due.id);
        if (request?.status !== "scheduled") return;
        const after = { ...request, status: "failed" as const, failure: error.message };
        await saveApprovalRequest(tx, after);
        const { projectKey } = await placeOfRequest(tx, request);
        await recordOn(record, request, projectKey, {
          instruction: { kind: "failApprovalRequest", id: request.id },
          words: `The approved request could not be applied: ${error.message}`,
          before: request,
          after,
        });
      });
    }
  }
}

/** What an applied request acts as. */
function actorOf({ id, description }: ApprovalRequest): Actor {
  return { kind: "approval", id, name: description };
}

function applierOf({ applied_by, requestor }: ApprovalRequest): Actor {
  // Written by this server from its own types.
  return JSON.parse(applied_by ?? requestor) as Actor;
}

export async function placeOfRequest(
  db: Db | Tx,
  request: ApprovalRequest,
): Promise<ReviewablePlace> {
  const { key } = await db
    .selectFrom("project")
    .select("key")
    .where("id", "=", request.project_id)
    .executeTakeFirstOrThrow();
  return {
    projectKey: key,
    environmentKey: request.environment_key,
    kind: request.kind,
    key: request.resource_key,
  };
}
