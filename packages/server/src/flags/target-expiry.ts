import { expiredTargets, type FlagInstruction } from "@halyard/instructions";
import type { Changes } from "../changes/changes.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { changeFlag, decideFlag } from "./flag-changes.ts";
import { getFlag, listExpired } from "./flag-queries.ts";

const clock = { kind: "system", id: "clock", name: "Halyard's clock" } as const;

/** Takes off every target whose time has come, as a change like any other. */
export async function removeExpiredTargets(db: Db, changes: Changes): Promise<void> {
  for (const { projectKey, flagKey } of await listExpired(db, changes.now)) {
    const project = await getProject(db, projectKey);
    const { state } = await getFlag(db, project, flagKey);
    for (const environmentKey of Object.keys(state.environments)) {
      await changes.write(clock, async (tx, record) => {
        const { state: before } = await getFlag(tx, project, flagKey);
        const instructions = removalsIn(before.environments[environmentKey], changes.now);
        if (instructions.length === 0) return;
        const under = { kind: "expiry" } as const;
        const patch = { instructions, environmentKey, comment: "their time has come", under };
        const after = await decideFlag(tx, project, before, patch);
        await changeFlag(tx, record, { project, before, after, patch, at: changes.now });
      });
    }
  }
}

function removalsIn(
  configuration: Parameters<typeof expiredTargets>[0] | undefined,
  now: number,
): FlagInstruction[] {
  if (configuration === undefined) return [];
  return expiredTargets(configuration, now).map(({ contextKind, contextKey, variationId }) => ({
    kind: "removeTargets",
    contextKind,
    variationId,
    values: [contextKey],
  }));
}
