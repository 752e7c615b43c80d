import { randomUUID } from "node:crypto";
import {
  applySegmentInstructions,
  describeSegmentInstruction,
  isInstructionError,
  type SegmentInstruction,
} from "@halyard/instructions";
import type { Principal } from "../access/principal.ts";
import type { Authority, Changes, RecordChange } from "../changes/changes.ts";
import type { Actor, Feed } from "../changes/feed.ts";
import type { Environment } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { releaseImport } from "./big-segment-job-queries.ts";
import type { BigSegment } from "./big-segment-queries.ts";
import { changeMembership, changeSegment, refuseSegmentCycle } from "./segment-changes.ts";
import type { SegmentPatch } from "./segment-patch.ts";
import { getSegment, type StoredSegment } from "./segment-queries.ts";

interface SegmentInstructing {
  readonly project: Project;
  readonly environment: Environment;
  readonly segmentKey: string;
  /** Says what to do to the segment as it is; what must not be done ends here. */
  readonly decide: (tx: Tx, found: StoredSegment) => Promise<SegmentPatch>;
  readonly isDryRun?: boolean | undefined;
  readonly under?: Authority | undefined;
}

/** Does what instructions say to a segment: all of it, or nothing. A dry run keeps nothing. */
export async function instructSegment(
  { changes, feed }: { changes: Changes; feed: Feed },
  author: Actor | Principal,
  { project, environment, segmentKey, decide, under, isDryRun = false }: SegmentInstructing,
): Promise<StoredSegment> {
  const { stored, hasNewMembers } = await changes.write(author, async (tx, record) => {
    const found = await getSegment(tx, environment.id, segmentKey);
    const patch = await decide(tx, found);
    const at = changes.now;
    return carryOut(tx, record, { project, environment, found, patch, under, isDryRun, at });
  });
  if (hasNewMembers) feed.publishMembership(environment.id);
  return stored;
}

export interface SegmentInstructed {
  readonly project: Project;
  readonly environment: Environment;
  readonly found: StoredSegment;
  readonly patch: SegmentPatch;
  readonly under?: Authority | undefined;
  readonly isDryRun?: boolean;
  readonly at: number;
}

/** The same within a transaction; says whether members of a big segment have changed. */
export async function carryOut(
  tx: Tx,
  record: RecordChange,
  { project, environment, found, patch, under, isDryRun = false, at }: SegmentInstructed,
): Promise<{ readonly stored: StoredSegment; readonly hasNewMembers: boolean }> {
  const before = found.state;
  const { instructions, comment } = patch;
  const after = applySegmentInstructions(before, instructions, { newId: randomUUID });
  if (isInstructionError(after)) throw new DomainError("invalid_request", after.message);
  if (after !== before) await refuseSegmentCycle(tx, environment, after);
  const big = bigSegmentOf(environment, found);
  if (isDryRun) return { stored: { ...found, state: after }, hasNewMembers: false };
  const hasNewMembers = await changeMembership(tx, big, instructions);
  const hasImports = await releaseImports(tx, big, instructions);
  if (after === before && !hasNewMembers && !hasImports) return { stored: found, hasNewMembers };
  const words = instructions.map(describeSegmentInstruction);
  const change = { before, after, instructions, comment, words, at, under };
  const stored = await changeSegment(tx, record, { project, environment, ...change });
  return { stored, hasNewMembers };
}

export function bigSegmentOf({ id }: Environment, { state }: StoredSegment): BigSegment {
  return { environmentId: id, segmentKey: state.key, generation: state.generation ?? 1 };
}

/** Lets the imports go on that waited for an instruction. */
async function releaseImports(
  tx: Tx,
  segment: BigSegment,
  instructions: readonly SegmentInstruction[],
): Promise<boolean> {
  const ids = instructions.flatMap((one) =>
    one.kind === "processBigSegmentImport" ? [one.importId] : [],
  );
  for (const id of ids) {
    if (await releaseImport(tx, segment, id)) continue;
    throw new DomainError(
      "invalid_request",
      `segment "${segment.segmentKey}" has no import "${id}" that waits; check the id and its status`,
    );
  }
  return ids.length > 0;
}
