import { deliveredSegment, type SegmentState } from "@halyard/instructions";
import type { Change } from "../changes/changes.ts";
import type { Environment } from "../environments/environment-queries.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { deleteSegment, type StoredSegment, saveSegment } from "./segment-queries.ts";

export interface SegmentChange {
  readonly project: Project;
  readonly environment: Environment;
  readonly before: SegmentState | undefined;
  readonly after: SegmentState;
  readonly instructions: readonly { readonly kind: string }[];
  /** What the instructions do, a sentence each. */
  readonly words: readonly string[];
  readonly at: number;
}

/** Stores what a segment has become, and serves it. */
export async function changeSegment(
  tx: Tx,
  record: (change: Change) => Promise<void>,
  { project, environment, before, after, instructions, words, at }: SegmentChange,
): Promise<StoredSegment> {
  const stored = await saveSegment(tx, environment.id, after, at);
  await record({
    ...aboutSegment(project, environment, after.key),
    instructions,
    words,
    before,
    after,
    served: [
      {
        environmentId: environment.id,
        kind: "segment",
        key: after.key,
        bodyAt: (version) => deliveredSegment(after, version),
      },
    ],
  });
  return stored;
}

export async function removeSegment(
  tx: Tx,
  record: (change: Change) => Promise<void>,
  {
    project,
    environment,
    segment,
  }: { project: Project; environment: Environment; segment: SegmentState },
): Promise<void> {
  await deleteSegment(tx, environment.id, segment.key);
  await record({
    ...aboutSegment(project, environment, segment.key),
    instructions: [{ kind: "deleteSegment" }],
    words: [`Delete the segment ${segment.key}`],
    before: segment,
    served: [
      { environmentId: environment.id, kind: "segment", key: segment.key, bodyAt: () => undefined },
    ],
  });
}

function aboutSegment(project: Project, environment: Environment, key: string) {
  return {
    projectId: project.id,
    kind: "segment" as const,
    key,
    resource: `segment/${project.key}/${environment.key}/${key}`,
    environments: [environment.key],
  };
}
