import { principalOfAuthor } from "../access/author.ts";
import { Access } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Actor } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import { requireInstructions } from "../flags/flag-actions.ts";
import { changeFlag, decideFlag } from "../flags/flag-changes.ts";
import { getFlag } from "../flags/flag-queries.ts";
import { findProjectById, getEnvironment, type Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { recordOn } from "./schedule-changes.ts";
import {
  authorIn,
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
  const principal = await principalOfAuthor(db, authorIn(due), at);
  await changes.write({ ...principal, actor: actorOf(due) }, async (tx, record) => {
    const change = await findScheduledChange(tx, due.id);
    if (change?.status !== "pending" || change.execution_date > at) return;
    const { environment_key: environmentKey, flag_key: flagKey, comment } = change;
    const instructions = scheduledInstructions(change);
    await getEnvironment(tx, project.key, environmentKey);
    const { state: before } = await getFlag(tx, project, flagKey);
    const place = { projectKey: project.key, environmentKey, flagKey };
    await requireInstructions(new Access(tx, principal), place, instructions);
    const under = { kind: "pending" } as const;
    const patch = { instructions, environmentKey, comment, under };
    const after = await decideFlag(tx, project, before, patch);
    if (after !== before) await changeFlag(tx, record, { project, before, after, patch, at });
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
    await saveScheduledChange(tx, { ...change, status: "failed", failure });
    await recordOn(record, change, project.key, {
      instruction: { kind: "failScheduledChange", id: change.id },
      words: `A scheduled change could not be made: ${failure}`,
    });
  });
}

function actorOf(change: ScheduledChange): Actor {
  return { kind: "schedule", id: change.id, name: `Scheduled by ${authorIn(change).name}` };
}
