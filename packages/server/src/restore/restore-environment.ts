import { configurationIn, type FlagState } from "@halyard/instructions";
import type { Environment } from "../environments/environment-queries.ts";
import { listFlags, requiredFlags } from "../flags/flag-queries.ts";
import { listSegments } from "../segments/segment-queries.ts";
import { listFlagsAt, listSegmentsAt, type Moment } from "./past-queries.ts";
import type { Restoration } from "./restoration.ts";
import { bringBack, restoreConfiguration } from "./restore-flag.ts";
import { restoreSegment, takeSegmentAway } from "./restore-segment.ts";

/** Makes every flag and segment of an environment behave as it did. */
export async function restoreEnvironment(
  restoration: Restoration,
  environment: Environment,
  moment: Moment,
): Promise<void> {
  const { tx, project, notRestored } = restoration;
  const place = { projectId: project.id, environmentKey: environment.key };
  const segments = (await listSegmentsAt(tx, place, moment)).map(({ state }) => state);
  for (const segment of segments) await restoreSegment(restoration, environment, segment);

  const then = (await listFlagsAt(tx, project.id, moment)).map(({ state }) => state);
  const now = new Set((await listFlags(tx, project.id)).map(({ state }) => state.key));
  const gone = then.filter(({ key }) => !now.has(key));
  for (const flag of requiredFirst(gone, requiredFlags)) await bringBack(restoration, flag);
  // What a flag is to require requires already what it did then: no ring can come of it.
  const requiredHere = (flag: FlagState) =>
    (configurationIn(flag, environment.key)?.prerequisites ?? []).map(({ key }) => key);
  for (const flag of requiredFirst(then, requiredHere)) {
    await restoreConfiguration(restoration, flag, environment.key);
  }

  for (const { state } of await listFlags(tx, project.id)) {
    if (then.some(({ key }) => key === state.key)) continue;
    notRestored.push(`flag "${state.key}", which is newer; delete it, or turn it off`);
  }
  for (const { state } of await listSegments(tx, environment.id)) {
    if (segments.some(({ key }) => key === state.key)) continue;
    await takeSegmentAway(restoration, environment, state);
  }
  notRestored.push("the environment's name, colour, settings and keys");
}

/** In an order in which each comes after those that it requires. */
function requiredFirst(
  flags: readonly FlagState[],
  requiredBy: (flag: FlagState) => readonly string[],
): readonly FlagState[] {
  const byKey = new Map(flags.map((flag) => [flag.key, flag]));
  const ordered = new Set<FlagState>();
  const add = (flag: FlagState): void => {
    byKey.delete(flag.key);
    for (const key of requiredBy(flag)) {
      const required = byKey.get(key);
      if (required !== undefined) add(required);
    }
    ordered.add(flag);
  };
  for (const flag of flags) if (byKey.has(flag.key)) add(flag);
  return [...ordered];
}
