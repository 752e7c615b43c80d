import type { Change } from "../changes/changes.ts";
import { findProjectById } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { patchFlag } from "./flag-changes.ts";
import { listFlagsMaintainedBy } from "./flag-queries.ts";

/** Takes a member who goes off the flags that the member maintained; each log says so. */
export async function leaveFlags(
  tx: Tx,
  record: (change: Change) => Promise<void>,
  { memberId, at }: { readonly memberId: string; readonly at: number },
): Promise<void> {
  for (const { projectId, flag } of await listFlagsMaintainedBy(tx, memberId)) {
    const project = await findProjectById(tx, projectId);
    if (project === undefined) throw new Error(`flag ${flag.state.key} is of no project`);
    const before = flag.state;
    const patch = { instructions: [{ kind: "removeMaintainer" as const }] };
    await patchFlag(tx, record, { project, before, patch, at });
  }
}
