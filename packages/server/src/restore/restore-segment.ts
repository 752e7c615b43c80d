import { randomUUID } from "node:crypto";
import {
  applySegmentInstructions,
  describeSegmentInstruction,
  differenceOfSegments,
  isInstructionError,
  type SegmentState,
} from "@halyard/instructions";
import type { Environment } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { requireInstructions } from "../segments/segment-actions.ts";
import { changeSegment, removeSegment } from "../segments/segment-changes.ts";
import { findSegment } from "../segments/segment-queries.ts";
import type { Restoration } from "./restoration.ts";

/** Makes a segment what it was; one that has been deleted comes back with its salt. */
export async function restoreSegment(
  restoration: Restoration,
  environment: Environment,
  then: SegmentState,
): Promise<void> {
  const { tx, record, access, project, at, notRestored } = restoration;
  const stored = await findSegment(tx, environment.id, then.key);
  if (then.unbounded) {
    notRestored.push(`segment "${then.key}": who is listed in it, as it is a big segment`);
  }
  const place = { project, environment, at };
  if (stored === undefined) {
    await access.require("createSegment", ...restoration.stepsTo("segment", then.key, environment));
    const instructions = [{ kind: "createSegment" }];
    const words = [`Create the segment ${then.key}`];
    await changeSegment(tx, record, {
      ...place,
      before: undefined,
      after: then,
      instructions,
      words,
    });
    return;
  }
  const before = stored.state;
  const instructions = differenceOfSegments(before, then);
  if (before.salt !== then.salt) {
    notRestored.push(`segment "${then.key}": its salt, so that rules by percentage hold others`);
  }
  if (instructions.length === 0) return;
  const names = { projectKey: project.key, environmentKey: environment.key };
  await requireInstructions(access, { ...names, segmentKey: then.key }, instructions);
  const after = applySegmentInstructions(before, instructions, { newId: randomUUID });
  if (isInstructionError(after)) throw new DomainError("invalid_request", after.message);
  const words = instructions.map(describeSegmentInstruction);
  await changeSegment(tx, record, { ...place, before, after, instructions, words });
}

/** Deletes a segment that was not there; one that something names stays, and that is said. */
export async function takeSegmentAway(
  restoration: Restoration,
  environment: Environment,
  segment: SegmentState,
): Promise<void> {
  const { tx, record, access, project } = restoration;
  await access.require(
    "deleteSegment",
    ...restoration.stepsTo("segment", segment.key, environment),
  );
  try {
    // It refuses before it writes anything.
    await removeSegment(tx, record, { project, environment, segment });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
    restoration.notRestored.push(error.message);
  }
}
