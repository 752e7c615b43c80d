import { newSegmentState } from "@halyard/instructions";
import { z } from "zod";
import type { Authority, Change } from "../changes/changes.ts";
import type { Environment } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { FlagKey } from "../flags/flag-key.ts";
import { newSalt } from "../projects/creation.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { changeSegment } from "./segment-changes.ts";
import { findSegment, type StoredSegment } from "./segment-queries.ts";

/** What a segment is made of. */
export const SegmentBody = z.object({
  key: FlagKey,
  name: z.string().min(1),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  unbounded: z.boolean().optional(),
  unboundedContextKind: z.string().min(1).optional(),
});
export type SegmentBody = z.infer<typeof SegmentBody>;

export interface SegmentCreation {
  readonly project: Project;
  readonly environment: Environment;
  readonly body: SegmentBody;
  readonly at: number;
  readonly comment?: string | undefined;
  readonly under?: Authority | undefined;
  readonly instructions?: readonly { readonly kind: string }[];
}

/** Stores a segment that is new, and serves it. */
export async function createSegment(
  tx: Tx,
  record: (change: Change) => Promise<void>,
  { body, instructions = [{ kind: "createSegment" }], ...creation }: SegmentCreation,
): Promise<StoredSegment> {
  await refuseKnownSegment(tx, creation.environment, body.key);
  return changeSegment(tx, record, {
    ...creation,
    before: undefined,
    after: newSegmentState(body, newSalt()),
    instructions,
    words: [`Create the segment ${body.key}`],
  });
}

/** Ends the making of a segment of which the key is taken. */
export async function refuseKnownSegment(
  tx: Tx,
  environment: Environment,
  key: string,
): Promise<void> {
  if ((await findSegment(tx, environment.id, key)) === undefined) return;
  throw new DomainError(
    "conflict",
    `environment "${environment.key}" has a segment "${key}" already; choose another key`,
  );
}
