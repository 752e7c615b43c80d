import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { firstBrokenVersion } from "../changes/change-log.ts";
import type { Db } from "../storage/database.ts";
import {
  type Checkpoint,
  type CheckpointStatement,
  nameOfCheckpoint,
  statementOf,
} from "./checkpoint.ts";
import { currentHistories, everyHistory, hashAt, listCheckpoints } from "./checkpoint-queries.ts";

const AuditProblem = z.object({
  history: z.string().optional().describe("Of an environment, a project, or the account."),
  version: z.int().optional().describe("The first row that is not as it was written."),
  checkpoint: z.int().optional(),
  message: z.string(),
});
type AuditProblem = z.infer<typeof AuditProblem>;

/** What became of a check of the whole log. */
export const AuditVerification = z.object({
  isWhole: z.boolean(),
  histories: z.int(),
  checkpoints: z.int(),
  problems: z.array(AuditProblem),
});
export type AuditVerification = z.infer<typeof AuditVerification>;

const checkpointsAtOnce = 100;

/**
 * Walks every history from its first row, and holds what it finds against the signed checkpoints,
 * and against one that somebody has kept elsewhere.
 */
export async function verifyLog(
  db: Db,
  publicKey: KeyObject,
  kept?: Checkpoint,
): Promise<AuditVerification> {
  const problems: AuditProblem[] = [];
  let histories = 0;
  for await (const history of everyHistory(db)) {
    histories += 1;
    const version = await firstBrokenVersion(db, history);
    if (version === undefined) continue;
    const message = `version ${version} of ${history} is missing or is not what was written`;
    problems.push({ history, version, message });
  }
  problems.push(...(await cutTails(db)));
  const { count, found } = await verifyCheckpoints(db, publicKey);
  problems.push(...found, ...(kept === undefined ? [] : await verifyKept(db, publicKey, kept)));
  return { isWhole: problems.length === 0, histories, checkpoints: count, problems };
}

/** Histories that have come further than their last row. */
async function cutTails(db: Db): Promise<readonly AuditProblem[]> {
  const problems: AuditProblem[] = [];
  for (const { id: history, version } of await currentHistories(db)) {
    if (version === 0 || (await hashAt(db, history, version)) !== undefined) continue;
    const message = `${history} has come to version ${version}, and that row is missing`;
    problems.push({ history, version, message });
  }
  return problems;
}

async function verifyCheckpoints(
  db: Db,
  publicKey: KeyObject,
): Promise<{ count: number; found: readonly AuditProblem[] }> {
  const found: AuditProblem[] = [];
  let last: CheckpointStatement | undefined;
  let name = nameOfCheckpoint(undefined);
  for (let after = 0; ; ) {
    const checkpoints = await listCheckpoints(db, { after, limit: checkpointsAtOnce });
    for (const checkpoint of checkpoints) {
      const statement = statementOf(checkpoint, publicKey);
      const isNext = statement?.id === after + 1 && statement.previous === name;
      if (statement === undefined || !isNext) {
        const message = `checkpoint ${after + 1} is missing, or is not what was signed`;
        found.push({ checkpoint: after + 1, message });
        return { count: after, found };
      }
      found.push(...(await missingHeads(db, statement, last)));
      [last, name, after] = [statement, nameOfCheckpoint(checkpoint), statement.id];
    }
    if (checkpoints.length < checkpointsAtOnce || found.length > 0) return { count: after, found };
  }
}

async function verifyKept(
  db: Db,
  publicKey: KeyObject,
  kept: Checkpoint,
): Promise<readonly AuditProblem[]> {
  const statement = statementOf(kept, publicKey);
  if (statement !== undefined) return missingHeads(db, statement);
  return [{ message: "the checkpoint that was kept is not signed by the key of this log" }];
}

/** Rows that a statement says were there; those that the one before said too are known to be. */
async function missingHeads(
  db: Db,
  { id: checkpoint, heads }: CheckpointStatement,
  before?: CheckpointStatement,
): Promise<readonly AuditProblem[]> {
  const problems: AuditProblem[] = [];
  for (const [history, { version, hash }] of Object.entries(heads)) {
    if (before?.heads[history]?.hash === hash) continue;
    if ((await hashAt(db, history, version)) === hash) continue;
    const message = `version ${version} of ${history} is not the one that checkpoint ${checkpoint} saw: rows were cut off or written anew`;
    problems.push({ history, version, checkpoint, message });
  }
  return problems;
}
