import type { EvaluationStore, Flag, Segment } from "@halyard/evaluation";
import { deliveredFlag, deliveredSegment } from "@halyard/instructions";
import type { Environment } from "../environments/environment-queries.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { listFlagsAt, listSegmentsAt, type Moment } from "./past-queries.ts";

/** What an environment served at a moment, as evaluation finds it. */
export async function pastSnapshot(
  db: Db,
  { project, environment }: { project: Project; environment: Environment },
  moment: Moment,
): Promise<{
  readonly environmentId: string;
  readonly store: EvaluationStore;
  readonly bigSegments: readonly Segment[];
}> {
  const { key: environmentKey } = environment;
  const states = (await listFlagsAt(db, project.id, moment)).map(({ state }) => state);
  const byKey = new Map(states.map((state) => [state.key, state]));
  const flags = new Map<string, Flag>();
  for (const state of states) {
    const delivery = { environmentKey, version: 0, findFlag: (key: string) => byKey.get(key) };
    const flag = state.archived ? undefined : deliveredFlag(state, delivery);
    if (flag !== undefined) flags.set(state.key, flag);
  }
  const place = { projectId: project.id, environmentKey };
  const segments = new Map<string, Segment>();
  for (const { state } of await listSegmentsAt(db, place, moment)) {
    segments.set(state.key, deliveredSegment(state, 0));
  }
  return {
    environmentId: environment.id,
    store: { flag: (key) => flags.get(key), segment: (key) => segments.get(key) },
    bigSegments: [...segments.values()].filter(({ unbounded }) => unbounded === true),
  };
}
