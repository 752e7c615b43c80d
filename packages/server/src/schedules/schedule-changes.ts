import type { FlagInstruction } from "@halyard/instructions";
import type { Principal } from "../access/principal.ts";
import type { Access } from "../access/route-access.ts";
import { refuseUnapprovedPending } from "../approvals/approval-guard.ts";
import type { Change } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { requireInstructions } from "../flags/flag-actions.ts";
import { decideFlag } from "../flags/flag-changes.ts";
import { parseFlagInstructions } from "../flags/flag-patch.ts";
import { getFlag } from "../flags/flag-queries.ts";
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

type RecordChange = (change: Change) => Promise<void>;

/** Who schedules something, where, and as of when. */
export interface Scheduling {
  readonly params: {
    readonly projectKey: string;
    readonly flagKey: string;
    readonly environmentKey: string;
  };
  readonly access: Access;
  readonly principal: Principal;
  readonly ignoreConflicts: boolean;
  readonly at: number;
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
    project_id: project.id,
    environment_key: params.environmentKey,
    flag_key: params.flagKey,
    author: JSON.stringify(principal.actor),
    instructions: JSON.stringify(instructions),
    comment: input.comment ?? "",
    execution_date: input.executionDate,
    status: "pending",
    failure: null,
    version: 1,
    created_at: at,
  };
  await refuseUnfit(tx, scheduling, change, instructions);
  await recordOn(record, change, params.projectKey, {
    instruction: { kind: "createScheduledChange", id: change.id, value: input.executionDate },
    words: `Schedule a change for ${new Date(input.executionDate).toISOString()}`,
    comment: input.comment,
    after: change,
  });
  return saveScheduledChange(tx, change);
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
  const before = await getScheduledChange(tx, { ...params, projectId: project.id }, id);
  if (instructions.some(({ kind }) => kind === "deleteScheduledChange")) {
    await removeScheduledChange(tx, record, before, params.projectKey);
    return undefined;
  }
  const edited = instructions.reduce(withInstruction, before);
  // Whoever says what is to be done, or when, is the one whose rights count then.
  const author = JSON.stringify(principal.actor);
  const status = "pending" as const;
  const after = { ...edited, author, status, failure: null, version: before.version + 1 };
  await refuseUnfit(tx, scheduling, after, scheduledInstructions(after));
  for (const instruction of instructions) {
    const words = "Change what is scheduled";
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
  change: ScheduledChange,
  projectKey: string,
): Promise<void> {
  await deleteScheduledChange(tx, change.id);
  await recordOn(record, change, projectKey, {
    instruction: { kind: "deleteScheduledChange", id: change.id },
    words: "Delete what is scheduled",
    before: change,
  });
}

/** What could not be done now by whoever asks is not scheduled either. */
async function refuseUnfit(
  tx: Tx,
  { params, access, principal, ignoreConflicts, at }: Scheduling,
  change: ScheduledChange,
  instructions: readonly FlagInstruction[],
): Promise<void> {
  if (change.execution_date <= at) {
    throw new DomainError("invalid_request", "executionDate is past; give a time to come");
  }
  const place = await getEnvironment(tx, params.projectKey, params.environmentKey);
  if (place.environment.require_comments === 1 && change.comment.trim() === "") {
    throw new DomainError(
      "invalid_request",
      `the environment "${params.environmentKey}" asks for a comment with every change; send {"comment": …} along`,
    );
  }
  await requireInstructions(access.within(tx), params, instructions);
  const { state: flag } = await getFlag(tx, place.project, params.flagKey);
  await refuseUnapprovedPending(tx, principal, { ...place, flag, instructions });
  const { environmentKey, flagKey } = params;
  await decideFlag(tx, place.project, flag, { instructions, environmentKey });
  if (ignoreConflicts) return;
  const projectId = place.project.id;
  const intended = { projectId, environmentKey, flagKey, instructions, id: change.id };
  await refuseScheduleConflicts(tx, intended);
}

/** What the log keeps of a scheduled change. */
function stateOf(change: ScheduledChange): object {
  const { id, status, failure, execution_date: executionDate } = change;
  return { id, status, failure, executionDate, instructions: scheduledInstructions(change) };
}

export async function recordOn(
  record: RecordChange,
  change: ScheduledChange,
  projectKey: string,
  done: {
    readonly instruction: object;
    readonly words: string;
    readonly comment?: string | undefined;
    readonly before?: ScheduledChange;
    readonly after?: ScheduledChange;
  },
): Promise<void> {
  const { before, after } = done;
  const { environment_key: environment, flag_key: flag } = change;
  await record({
    projectId: change.project_id,
    kind: "scheduled-change",
    key: change.id,
    resources: [`proj/${projectKey}:env/${environment}:flag/${flag}`],
    instructions: [done.instruction],
    words: [done.words],
    comment: done.comment,
    before: before && stateOf(before),
    after: after && stateOf(after),
    served: [],
    environments: [environment],
  });
}
