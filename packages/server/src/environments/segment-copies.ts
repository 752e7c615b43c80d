import { deliveredSegment } from "@halyard/instructions";
import type { Served } from "../changes/changes.ts";
import { copyMembers } from "../segments/big-segment-queries.ts";
import { listSegments, saveSegment } from "../segments/segment-queries.ts";
import type { Tx } from "../storage/database.ts";
import type { Environment } from "./environment-queries.ts";

/** Stores the segments of an environment in another one, members and salts included; gives what that one serves of them. */
export async function copySegments(
  tx: Tx,
  { source, target, at }: { source: Environment; target: Environment; at: number },
): Promise<readonly Served[]> {
  const served: Served[] = [];
  for (const { state } of await listSegments(tx, source.id)) {
    await saveSegment(tx, target.id, state, at);
    served.push({
      environmentId: target.id,
      kind: "segment",
      key: state.key,
      bodyAt: (version) => deliveredSegment(state, version),
    });
  }
  await copyMembers(tx, { from: source.id, to: target.id });
  return served;
}
