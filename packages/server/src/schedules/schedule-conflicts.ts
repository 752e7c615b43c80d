import { environmentOf, type FlagInstruction, needsEnvironment } from "@halyard/instructions";
import { DomainError } from "../errors.ts";
import { isSamePart, partsOf } from "../flags/flag-parts.ts";
import type { Tx } from "../storage/database.ts";
import { listPendingOf, type ScheduledChange, scheduledInstructions } from "./schedule-queries.ts";

/** Instructions for a flag, in an environment where they are about one. */
export interface Intended {
  readonly projectId: string;
  readonly flagKey: string;
  readonly environmentKey: string | undefined;
  readonly instructions: readonly FlagInstruction[];
  /** The scheduled change that they are, which is not in its own way. */
  readonly id?: string | undefined;
}

/** Ends a change of a part that a pending one will change, too, and names that. */
export async function refuseScheduleConflicts(tx: Tx, intended: Intended): Promise<void> {
  const pending = await listPendingOf(tx, intended.projectId, intended.flagKey);
  const found = pending.filter((one) => one.id !== intended.id && isInTheWay(one, intended));
  if (found.length === 0) return;
  const names = found.map(
    ({ id, execution_date }) => `${id} on ${new Date(execution_date).toISOString()}`,
  );
  throw new DomainError(
    "conflict",
    `the same part of the flag is to be changed by the scheduled change ${names.join(", ")}; delete that, or say ignoreConflicts=true`,
  );
}

function isInTheWay(scheduled: ScheduledChange, intended: Intended): boolean {
  const theirs = scheduledInstructions(scheduled);
  return intended.instructions.some((mine) => {
    const isHere = scheduled.environment_key === (environmentOf(mine) ?? intended.environmentKey);
    const parts = (instructions: readonly FlagInstruction[]) =>
      instructions.filter(({ kind }) => isHere || !needsEnvironment(kind)).flatMap(partsOf);
    const others = parts(theirs);
    return parts([mine]).some((one) => others.some((other) => isSamePart(one, other)));
  });
}
