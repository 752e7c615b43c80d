import type { FlagInstruction } from "@halyard/instructions";
import type { RecordChange } from "../changes/changes.ts";
import { type DeferredSetup, refuseUnfit } from "../deferred/deferred-changes.ts";
import { recorderOf } from "../deferred/deferred-log.ts";
import { placeIn, placeOf } from "../deferred/deferred-queries.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { decideFlag } from "../flags/flag-changes.ts";
import type { FlagInEnvironment } from "../flags/flag-in-environment.ts";
import { parseFlagInstructions } from "../flags/flag-patch.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { refuseScheduleConflicts } from "./schedule-conflicts.ts";
import type { ScheduleInstruction } from "./schedule-instructions.ts";
import {
  deleteScheduledChange,
  getScheduledChange,
  type ScheduledChange,
  saveScheduledChange,
  scheduledInstructions,
} from "./schedule-queries.ts";

export interface Scheduling extends DeferredSetup {
  readonly ignoreConflicts: boolean;
}

export interface NewSchedule {
  readonly executionDate: number;
  readonly instructions: readonly { readonly kind: string }[];
  readonly comment?: string | undefined;
}

export async function createScheduledChange(
  tx: Tx,
  record: RecordChange,
  scheduling: Scheduling,
  input: NewSchedule,
): Promise<ScheduledChange> {
  const { params, principal, at } = scheduling;
  const instructions = parseFlagInstructions(input);
  const { project } = await getEnvironment(tx, params.projectKey, params.environmentKey);
  const change: ScheduledChange = {
    id: newId(),
    ...placeIn(project, params),
    author: JSON.stringify(principal.actor),
    instructions: JSON.stringify(instructions),
    comment: input.comment ?? "",
    execution_date: input.executionDate,
    status: "pending",
    failure: null,
    version: 1,
    created_at: at,
  };
  await refuseUnschedulable(tx, scheduling, change, instructions);
  await recordOn(record, change, params.projectKey, {
    instruction: { kind: "createScheduledChange", id: change.id, value: input.executionDate },
    words: `Schedule a change of ${change.flag_key} for ${toTheMinute(input.executionDate)}`,
    comment: input.comment,
    after: change,
  });
  return saveScheduledChange(tx, change);
}

/** As `2026-11-28 03:38 UTC`. */
function toTheMinute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** What a patch makes of a scheduled change; undefined where it deletes it. */
export async function editScheduledChange(
  tx: Tx,
  record: RecordChange,
  scheduling: Scheduling,
  {
    id,
    instructions,
    comment,
  }: {
    readonly id: string;
    readonly instructions: readonly ScheduleInstruction[];
    readonly comment?: string | undefined;
  },
): Promise<ScheduledChange | undefined> {
  const { params, principal } = scheduling;
  const { project } = await getEnvironment(tx, params.projectKey, params.environmentKey);
  const before = await getScheduledChange(tx, placeIn(project, params), id);
  if (instructions.some(({ kind }) => kind === "deleteScheduledChange")) {
    await remove(tx, record, before, params.projectKey);
    return undefined;
  }
  const edited = instructions.reduce(withInstruction, before);
  // Whoever says what is to be done, or when, is the one whose rights count then.
  const author = JSON.stringify(principal.actor);
  const status = "pending" as const;
  const after = { ...edited, author, status, failure: null, version: before.version + 1 };
  await refuseUnschedulable(tx, scheduling, after, scheduledInstructions(after));
  for (const instruction of instructions) {
    const words = `Change what is scheduled for ${after.flag_key}`;
    await recordOn(record, after, params.projectKey, {
      instruction,
      words,
      comment,
      before,
      after,
    });
  }
  return saveScheduledChange(tx, after);
}

function withInstruction(
  change: ScheduledChange,
  instruction: ScheduleInstruction,
): ScheduledChange {
  switch (instruction.kind) {
    case "deleteScheduledChange":
      return change;
    case "replaceScheduledChangesInstructions": {
      const instructions = parseFlagInstructions({ instructions: instruction.value });
      return { ...change, instructions: JSON.stringify(instructions) };
    }
    case "updateScheduledChangesExecutionDate":
      return { ...change, execution_date: instruction.value };
    default:
      return instruction satisfies never;
  }
}

export async function removeScheduledChange(
  tx: Tx,
  record: RecordChange,
  params: FlagInEnvironment,
  id: string,
): Promise<void> {
  const found = await getScheduledChange(tx, await placeOf(tx, params), id);
  await remove(tx, record, found, params.projectKey);
}

async function remove(
  tx: Tx,
  record: RecordChange,
  change: ScheduledChange,
  projectKey: string,
): Promise<void> {
  await deleteScheduledChange(tx, change.id);
  await recordOn(record, change, projectKey, {
    instruction: { kind: "deleteScheduledChange", id: change.id },
    words: `Delete what is scheduled for ${change.flag_key}`,
    before: change,
  });
}

async function refuseUnschedulable(
  tx: Tx,
  scheduling: Scheduling,
  change: ScheduledChange,
  instructions: readonly FlagInstruction[],
): Promise<void> {
  const { environmentKey, flagKey, projectKey } = scheduling.params;
  if (change.execution_date <= scheduling.at) {
    throw new DomainError("invalid_request", "executionDate is past; give a time to come");
  }
  const { environment } = await getEnvironment(tx, projectKey, environmentKey);
  if (environment.require_comments === 1 && change.comment.trim() === "") {
    throw new DomainError(
      "invalid_request",
      `the environment "${environmentKey}" asks for a comment with every change; send {"comment": …} along`,
    );
  }
  const { project, flag } = await refuseUnfit(tx, scheduling, instructions);
  await decideFlag(tx, project, flag, { instructions, environmentKey });
  if (scheduling.ignoreConflicts) return;
  const intended = { projectId: project.id, environmentKey, flagKey, instructions, id: change.id };
  await refuseScheduleConflicts(tx, intended);
}

export const recordOn = recorderOf<ScheduledChange>({
  kind: "scheduled-change",
  subjectOf: ({ flag_key }) => `flag/${flag_key}`,
  stateOf: (change) => ({
    id: change.id,
    status: change.status,
    failure: change.failure,
    executionDate: change.execution_date,
    instructions: scheduledInstructions(change),
  }),
});
