import { needsEnvironment } from "@halyard/instructions";
import type { Principal } from "../access/principal.ts";
import type { Access } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Feed } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { verdictOf } from "./approval.ts";
import { applyRequest, instructionsIn, refuseUnreviewed } from "./approval-application.ts";
import {
  createApprovalRequest,
  isNamedReviewer,
  type NewApprovalRequest,
  type Review,
  recordOn,
  refuseEnded,
  removeRequest,
  reviewRequest,
  rewriteRequest,
} from "./approval-changes.ts";
import { type ApprovalInstruction, applyApprovalInstruction } from "./approval-instructions.ts";
import { prepare } from "./approval-preparation.ts";
import {
  type ApprovalRequest,
  contentOf,
  countedReviews,
  getApprovalRequest,
  listIn,
  listReviews,
  saveApprovalRequest,
} from "./approval-queries.ts";
import { approvalSettingsOf } from "./approval-settings.ts";
import { applyDueRequests, placeOfRequest } from "./due-approvals.ts";
import { type ReviewablePlace, stepsTo } from "./reviewable.ts";

/** Who asks, as a route knows it. */
export interface Visitor {
  readonly access: Access;
  readonly principal: Principal;
}

/** Names a request; where the path says what it is about, it has to be about that. */
export interface RequestName {
  readonly id: string;
  readonly place?: ReviewablePlace;
}

export interface ApprovalParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
}

/** What both families of paths do with approval requests. */
export class ApprovalDesk {
  readonly db: Db;
  readonly #changes: Changes;
  readonly #feed: Feed;

  constructor({ db, changes, feed }: ApprovalParts) {
    this.db = db;
    this.#changes = changes;
    this.#feed = feed;
  }

  /** The request, if whoever asks may see its project. */
  async find({ access }: Pick<Visitor, "access">, name: RequestName): Promise<ApprovalRequest> {
    return (await named(this.db, access, name)).request;
  }

  async create(
    { access, principal }: Visitor,
    place: ReviewablePlace,
    input: NewApprovalRequest & { readonly instructions: readonly { readonly kind: string }[] },
  ): Promise<ApprovalRequest> {
    const at = this.#changes.now;
    return this.#changes.write(principal, async (tx, record) => {
      await access.within(tx).requireProject(place.projectKey);
      await access.within(tx).require("createApprovalRequest", ...stepsTo(place));
      const { project, environment } = await getEnvironment(
        tx,
        place.projectKey,
        place.environmentKey,
      );
      const { instructions } = input;
      const asked = { place, project, environment, instructions, by: principal };
      const reviewable = await prepare(tx, asked);
      const creation = { project, place, input, reviewable, by: principal, at };
      return createApprovalRequest(tx, record, creation);
    });
  }

  async review(visitor: Visitor, name: RequestName, review: Review): Promise<ApprovalRequest> {
    const { access, principal } = visitor;
    const at = this.#changes.now;
    const stored = await this.#changes.write(principal, async (tx, record) => {
      const { request, place } = await named(tx, access.within(tx), name);
      if (!(await isNamedReviewer(tx, request, principal))) {
        const steps = stepsConcerned(place, instructionsIn(request));
        await access.within(tx).require("reviewApprovalRequest", ...steps);
      }
      const { environment } = await getEnvironment(tx, place.projectKey, place.environmentKey);
      const settings = approvalSettingsOf(environment, request.kind);
      const canReviewOwn = settings.canReviewOwnRequest;
      const given = { request, place, review, by: principal, canReviewOwn, at };
      const reviewed = await reviewRequest(tx, record, given);
      const reviews = countedReviews(await listReviews(tx, request.id));
      const { status } = verdictOf(contentOf(request), reviews, settings);
      if (!settings.autoApplyApprovedChanges || status !== "approved") return reviewed;
      return saveApprovalRequest(tx, scheduled(reviewed, principal, at));
    });
    if (stored.status !== "scheduled") return stored;
    await applyDueRequests(this.db, this.#changes);
    return getApprovalRequest(this.db, stored.id);
  }

  /** Does what was approved, or lets it be done at the time that the request names. */
  async apply(
    { access, principal }: Visitor,
    name: RequestName,
    comment: string | undefined,
  ): Promise<ApprovalRequest> {
    const at = this.#changes.now;
    const applied = await this.#changes.write(principal.actor, async (tx, record) => {
      const { request, place } = await named(tx, access.within(tx), name);
      await access
        .within(tx)
        .require("applyApprovalRequest", ...stepsConcerned(place, instructionsIn(request)));
      const { project, environment } = await getEnvironment(
        tx,
        place.projectKey,
        place.environmentKey,
      );
      const application = { request, project, environment, comment, by: principal, at };
      if (request.execution_date === null || request.execution_date <= at) {
        const done = await applyRequest(tx, record, application);
        await recordOn(record, request, place.projectKey, {
          instruction: { kind: "applyApprovalRequest", id: request.id },
          words: `Apply the request: ${request.description}`,
          comment,
          before: request,
          after: done,
        });
        return done;
      }
      refuseEnded(request);
      await refuseUnreviewed(tx, application);
      const after = scheduled(request, principal, request.execution_date);
      await recordOn(record, request, place.projectKey, {
        instruction: { kind: "scheduleApprovalRequest", value: request.execution_date },
        words: `Apply the request at its time: ${request.description}`,
        comment,
        before: request,
        after,
      });
      return saveApprovalRequest(tx, after);
    });
    if (applied.kind === "segment") await this.#publishMembers(applied);
    return applied;
  }

  async edit(
    { access, principal }: Visitor,
    name: RequestName,
    {
      instructions,
      comment,
    }: { instructions: readonly ApprovalInstruction[]; comment?: string | undefined },
  ): Promise<ApprovalRequest> {
    return this.#changes.write(principal, async (tx, record) => {
      const { request, place } = await named(tx, access.within(tx), name);
      await access.within(tx).require("updateApprovalRequest", ...stepsTo(place));
      const edited = instructions.reduce(applyApprovalInstruction, {
        description: request.description,
        memberIds: listIn(request.notify_member_ids),
        teamKeys: listIn(request.notify_team_keys),
      });
      const edit = {
        description: edited.description,
        notify_member_ids: JSON.stringify(edited.memberIds),
        notify_team_keys: JSON.stringify(edited.teamKeys),
      };
      const by = principal;
      const reviewable =
        edited.instructions === undefined
          ? undefined
          : await prepare(tx, {
              ...(await getEnvironment(tx, place.projectKey, place.environmentKey)),
              place,
              instructions: edited.instructions,
              by,
            });
      return rewriteRequest(tx, record, {
        request,
        place,
        edit,
        reviewable,
        instructions,
        comment,
        by,
      });
    });
  }

  async remove({ access, principal }: Visitor, name: RequestName): Promise<void> {
    await this.#changes.write(principal, async (tx, record) => {
      const { request, place } = await named(tx, access.within(tx), name);
      await access.within(tx).require("deleteApprovalRequest", ...stepsTo(place));
      await removeRequest(tx, record, request, place);
    });
  }

  async #publishMembers(request: ApprovalRequest): Promise<void> {
    const place = await placeOfRequest(this.db, request);
    const { environment } = await getEnvironment(this.db, place.projectKey, place.environmentKey);
    this.#feed.publishMembership(environment.id);
  }
}

function scheduled(request: ApprovalRequest, by: Principal, at: number): ApprovalRequest {
  return {
    ...request,
    status: "scheduled",
    execution_date: request.execution_date ?? at,
    applied_by: JSON.stringify(by.actor),
    applied_by_member_id: by.memberId ?? null,
  };
}

async function named(
  db: Db,
  access: Access,
  { id, place: wanted }: RequestName,
): Promise<{ request: ApprovalRequest; place: ReviewablePlace }> {
  const request = await getApprovalRequest(db, id);
  const place = await placeOfRequest(db, request);
  const isWanted =
    wanted === undefined ||
    (wanted.projectKey === place.projectKey &&
      wanted.environmentKey === place.environmentKey &&
      wanted.kind === place.kind &&
      wanted.key === place.key);
  // Whoever may not see the project shall not learn of its requests.
  if (isWanted && (await access.permits("viewProject", ["proj", place.projectKey]))) {
    return { request, place };
  }
  throw new DomainError("not_found", `no approval request "${id}" here; list them to find the id`);
}

/** What is said of the whole flag concerns every environment. */
function stepsConcerned(
  place: ReviewablePlace,
  instructions: readonly { readonly kind: string }[],
) {
  const isWide = place.kind === "flag" && instructions.some(({ kind }) => !needsEnvironment(kind));
  return stepsTo(isWide ? { ...place, environmentKey: "*" } : place);
}
