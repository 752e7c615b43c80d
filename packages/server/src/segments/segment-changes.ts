import {
  applyToMembership,
  deliveredSegment,
  differenceOfMemberships,
  keysOfMembership,
  type SegmentInstruction,
  type SegmentState,
} from "@halyard/instructions";
import type { Authority, RecordChange } from "../changes/changes.ts";
import type { Environment } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { findRunningImport } from "./big-segment-job-queries.ts";
import { type BigSegment, findMembership, saveMembership } from "./big-segment-queries.ts";
import { deleteSegment, listSegments, type StoredSegment, saveSegment } from "./segment-queries.ts";
import { refuseWhileNamed, segmentsNamed } from "./segment-usage.ts";

export interface SegmentChange {
  readonly project: Project;
  readonly environment: Environment;
  readonly before: SegmentState | undefined;
  readonly after: SegmentState;
  readonly instructions: readonly { readonly kind: string }[];
  readonly comment?: string | undefined;
  /** What the instructions do, a sentence each. */
  readonly words: readonly string[];
  readonly at: number;
  readonly under?: Authority | undefined;
}

/** Stores what a segment has become, and serves it. */
export async function changeSegment(
  tx: Tx,
  record: RecordChange,
  { project, environment, before, after, instructions, comment, words, at, under }: SegmentChange,
): Promise<StoredSegment> {
  const stored = await saveSegment(tx, environment.id, after, at);
  await record({
    ...aboutSegment(project, environment, after.key),
    instructions,
    comment,
    words,
    under,
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
  record: RecordChange,
  {
    project,
    environment,
    segment,
    under,
  }: {
    project: Project;
    environment: Environment;
    segment: SegmentState;
    under?: Authority | undefined;
  },
): Promise<void> {
  await refuseWhileNamed(tx, { project, environment, key: segment.key });
  await deleteSegment(tx, environment.id, segment.key);
  await record({
    ...aboutSegment(project, environment, segment.key),
    instructions: [{ kind: "deleteSegment" }],
    under,
    words: [`Delete the segment ${segment.key}`],
    before: segment,
    served: [
      { environmentId: environment.id, kind: "segment", key: segment.key, bodyAt: () => undefined },
    ],
  });
}

/** Keeps what instructions say of a big segment's members; false where that changes nothing. */
export async function changeMembership(
  tx: Tx,
  segment: BigSegment,
  instructions: readonly SegmentInstruction[],
): Promise<boolean> {
  const contextKeys = keysOfMembership(instructions);
  if (contextKeys.length === 0) return false;
  const before = await findMembership(tx, segment, contextKeys);
  const membership = applyToMembership(before, instructions);
  if (differenceOfMemberships(before, membership).length === 0) return false;
  if ((await findRunningImport(tx, segment)) !== undefined) {
    throw new DomainError(
      "conflict",
      `members of segment "${segment.segmentKey}" are being imported; wait until that is done`,
    );
  }
  await saveMembership(tx, segment, { contextKeys, membership });
  return true;
}

/** Ends a change after which following segments from segment to segment would never end. */
export async function refuseSegmentCycle(
  tx: Tx,
  environment: Environment,
  changed: SegmentState,
): Promise<void> {
  if (segmentsNamed(changed).length === 0) return;
  const stored = await listSegments(tx, environment.id);
  const segments = new Map(stored.map(({ state }) => [state.key, state]));
  segments.set(changed.key, changed);
  const seen = new Set<string>();
  const wanted = [...segmentsNamed(changed)];
  for (let key = wanted.pop(); key !== undefined; key = wanted.pop()) {
    if (key === changed.key) {
      throw new DomainError(
        "invalid_request",
        `segment "${changed.key}" would be asked for itself by its own rules; name another segment`,
      );
    }
    const next = segments.get(key);
    if (next === undefined || seen.has(key)) continue;
    seen.add(key);
    wanted.push(...segmentsNamed(next));
  }
}

/** The members of a change by which the log finds it under its segment. */
export function aboutSegment(project: Project, environment: Environment, key: string) {
  return {
    projectId: project.id,
    kind: "segment" as const,
    key,
    resources: [`proj/${project.key}:env/${environment.key}:segment/${key}`],
    environments: [environment.key],
  };
}
