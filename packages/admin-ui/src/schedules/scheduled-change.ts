import type { Json } from "@halyard/evaluation";
import { type ApprovalRequest, approvalPlace } from "../approvals/approval.ts";

/** A change of a flag that is to be made at its time, as the server tells it. */
export interface ScheduledChange {
  readonly _id: string;
  readonly _creationDate: number;
  readonly _maintainerId: string;
  /** Unix milliseconds. */
  readonly executionDate: number;
  readonly instructions: readonly ({ readonly kind: string } & Readonly<Record<string, Json>>)[];
  /** Why it could not be made at its time. */
  readonly conflicts?: readonly { readonly reason: string }[];
  readonly flagKey: string;
  readonly environmentKey: string;
}

/** Something on the calendar: a scheduled change, or a request that is to be applied at a time. */
export type Planned =
  | { readonly kind: "change"; readonly date: number; readonly change: ScheduledChange }
  | { readonly kind: "request"; readonly date: number; readonly request: ApprovalRequest };

export interface Calendar {
  /** What is still to come, the next one first. */
  readonly planned: readonly Planned[];
  readonly failed: readonly ScheduledChange[];
}

/** What is to come in a project, and what could not be done. */
export function calendarOf(
  changes: readonly ScheduledChange[],
  requests: readonly ApprovalRequest[],
  project: string,
): Calendar {
  const failed = changes.filter(({ conflicts }) => conflicts !== undefined);
  const planned: readonly Planned[] = [
    ...changes
      .filter((change) => !failed.includes(change))
      .map((change) => ({ kind: "change" as const, date: change.executionDate, change })),
    ...requests.flatMap((request): readonly Planned[] =>
      request.executionDate !== undefined &&
      (request.status === "scheduled" || request.status === "pending") &&
      approvalPlace(request).project === project
        ? [{ kind: "request", date: request.executionDate, request }]
        : [],
    ),
  ];
  return { planned: planned.toSorted((a, b) => a.date - b.date), failed };
}

/** What else is to be done to the same flag before, whose outcome it is made upon. */
export function earlierThan(
  change: ScheduledChange,
  changes: readonly ScheduledChange[],
): readonly ScheduledChange[] {
  return changes
    .filter(
      (one) =>
        one !== change &&
        one.conflicts === undefined &&
        one.flagKey === change.flagKey &&
        one.executionDate < change.executionDate,
    )
    .toSorted((a, b) => a.executionDate - b.executionDate);
}
