import { expiredSegmentTargets } from "@halyard/instructions";
import type { Changes } from "../changes/changes.ts";
import type { Feed } from "../changes/feed.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { instructSegment } from "./instruct-segment.ts";
import { listExpiredSegments } from "./segment-queries.ts";

const clock = { kind: "system", id: "clock", name: "Halyard's clock" } as const;

/** Takes off every target of a segment whose time has come, as a change like any other. */
export async function removeExpiredSegmentTargets(parts: {
  db: Db;
  changes: Changes;
  feed: Feed;
}): Promise<void> {
  const { db, changes } = parts;
  for (const { projectKey, environmentKey, segmentKey } of await listExpiredSegments(
    db,
    changes.now,
  )) {
    const place = await getEnvironment(db, projectKey, environmentKey);
    await instructSegment(parts, clock, {
      ...place,
      segmentKey,
      under: { kind: "expiry" },
      decide: async (_, { state }) => ({
        comment: "their time has come",
        instructions: expiredSegmentTargets(state, changes.now).map(
          ({ contextKind, contextKey, targetType }) => ({
            kind: targetType === "included" ? "removeIncludedTargets" : "removeExcludedTargets",
            contextKind,
            values: [contextKey],
          }),
        ),
      }),
    });
  }
}
