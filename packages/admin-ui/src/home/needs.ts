import { type ApprovalRequest, requestsUnder } from "../approvals/approval.ts";
import type { ScheduledChange } from "../schedules/scheduled-change.ts";

/** A flag that can go, as the clean-up board has it. */
export interface CleanupCard {
  readonly column: string;
  readonly key: string;
  readonly name?: string;
  readonly sentence: string;
  readonly maintainerId?: string;
}

interface UnsavedPlace {
  readonly flag: string;
  readonly environment: string;
  readonly count: number;
}

/** Something that waits for the one who looks. */
export type Need =
  | { readonly kind: "approval"; readonly id: string; readonly request: ApprovalRequest }
  | { readonly kind: "failed"; readonly id: string; readonly change: ScheduledChange }
  | { readonly kind: "draft"; readonly id: string; readonly place: UnsavedPlace }
  | { readonly kind: "stale"; readonly id: string; readonly card: CleanupCard };

export interface Waiting {
  readonly project: string;
  readonly memberId: string;
  readonly requests: readonly ApprovalRequest[];
  readonly changes: readonly ScheduledChange[];
  readonly drafts: readonly UnsavedPlace[];
  readonly cards: readonly CleanupCard[];
}

const staleColumns = ["readyToRemove", "safeToArchive"];

/** What waits for a member: first what holds others up. */
export function needsOf(waiting: Waiting): readonly Need[] {
  const { memberId, requests, changes, drafts, cards } = waiting;
  return [
    ...requestsUnder("review", requests, waiting).map((request) => ({
      kind: "approval" as const,
      id: request._id,
      request,
    })),
    ...changes
      .filter((change) => change.conflicts !== undefined && change._maintainerId === memberId)
      .map((change) => ({ kind: "failed" as const, id: change._id, change })),
    ...drafts.map((place) => ({
      kind: "draft" as const,
      id: `${place.flag} ${place.environment}`,
      place,
    })),
    ...cards
      .filter((card) => card.maintainerId === memberId && staleColumns.includes(card.column))
      .map((card) => ({ kind: "stale" as const, id: `stale ${card.key}`, card })),
  ];
}
