import { principalOfAuthor } from "../access/author.ts";
import type { Changes } from "../changes/changes.ts";
import type { Actor } from "../changes/feed.ts";
import { doDeferred } from "../deferred/deferred-changes.ts";
import { authorOf } from "../deferred/deferred-queries.ts";
import { DomainError } from "../errors.ts";
import { findProjectById, type Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { recordOn } from "./schedule-changes.ts";
import {
  findScheduledChange,
  listDueChanges,
  type ScheduledChange,
  saveScheduledChange,
  scheduledInstructions,
} from "./schedule-queries.ts";

/**
 * Makes every change whose time has come, once: that it is done is written in the transaction that
 * does it. What cannot be done any more is marked so, with the reason.
 */
export async function makeScheduledChanges(db: Db, changes: Changes): Promise<void> {
  for (const due of await listDueChanges(db, changes.now)) {
    const project = await findProjectById(db, due.project_id);
    if (project === undefined) continue; // It goes with its project.
    try {
      await makeChange({ db, changes }, due, project);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await giveUp(changes, due, project, error.message);
    }
  }
}

async function makeChange(
  { db, changes }: { db: Db; changes: Changes },
  due: ScheduledChange,
  project: Project,
): Promise<void> {
  const at = changes.now;
  const principal = await principalOfAuthor(db, authorOf(due), at);
  await changes.write({ ...principal, actor: actorOf(due) }, async (tx, record) => {
    const change = await findScheduledChange(tx, due.id);
    if (change?.status !== "pending" || change.execution_date > at) return;
    const { comment } = change;
    const under = { kind: "pending" } as const;
    const patch = { instructions: scheduledInstructions(change), comment, under };
    await doDeferred(tx, record, { project, place: change, principal, patch, at });
    await saveScheduledChange(tx, { ...change, status: "completed" });
  });
}

async function giveUp(
  changes: Changes,
  due: ScheduledChange,
  project: Project,
  failure: string,
): Promise<void> {
  await changes.write(actorOf(due), async (tx, record) => {
    const change = await findScheduledChange(tx, due.id);
    if (change?.status !== "pending") return;
    const after = { ...change, status: "failed" as const, failure };
    await saveScheduledChange(tx, after);
    await recordOn(record, change, project.key, {
      instruction: { kind: "failScheduledChange", id: change.id },
      words: `A scheduled change could not be made: ${failure}`,
      before: change,
      after,
    });
  });
}

function actorOf(change: ScheduledChange): Actor {
  return { kind: "schedule", id: change.id, name: `Scheduled by ${authorOf(change).name}` };
}
