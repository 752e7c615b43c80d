import type { FlagInstruction } from "@halyard/instructions";
import type { Principal } from "../access/principal.ts";
import { Access } from "../access/route-access.ts";
import { refuseUnapprovedPending } from "../approvals/approval-guard.ts";
import type { RecordChange } from "../changes/changes.ts";
import { requireInstructions } from "../flags/flag-actions.ts";
import { type FlagPatch, patchFlag } from "../flags/flag-changes.ts";
import type { FlagInEnvironment } from "../flags/flag-in-environment.ts";
import { getFlag } from "../flags/flag-queries.ts";
import { getEnvironment, type Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import type { FlagColumns } from "../storage/tables/deferred-tables.ts";

/** Who sets something up that is done later, where, and as of when. */
export interface DeferredSetup {
  readonly params: FlagInEnvironment;
  readonly access: Access;
  readonly principal: Principal;
  readonly at: number;
}

/** What could not be done now by whoever asks is not left for later either. Gives where it would be done. */
export async function refuseUnfit(
  tx: Tx,
  { params, access, principal }: Omit<DeferredSetup, "at">,
  instructions: readonly FlagInstruction[],
) {
  const { project, environment } = await getEnvironment(
    tx,
    params.projectKey,
    params.environmentKey,
  );
  await requireInstructions(access.within(tx), params, instructions);
  const { state: flag } = await getFlag(tx, project, params.flagKey);
  await refuseUnapprovedPending(tx, principal, { project, environment, flag, instructions });
  return { project, flag };
}

/** Does to the flag what was set up, with the rights that its author has now. */
export async function doDeferred(
  tx: Tx,
  record: RecordChange,
  given: {
    readonly project: Project;
    readonly place: FlagColumns;
    readonly principal: Principal;
    readonly patch: Omit<FlagPatch, "environmentKey">;
    readonly at: number;
  },
): Promise<void> {
  const { project, place, principal, at } = given;
  const { environment_key: environmentKey, flag_key: flagKey } = place;
  await getEnvironment(tx, project.key, environmentKey);
  const { state: before } = await getFlag(tx, project, flagKey);
  const where = { projectKey: project.key, environmentKey, flagKey };
  await requireInstructions(new Access(tx, principal), where, given.patch.instructions);
  await patchFlag(tx, record, { project, before, patch: { ...given.patch, environmentKey }, at });
}
