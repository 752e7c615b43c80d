import type { Snapshot } from "./snapshot.ts";
import type { Stream } from "./stream.ts";

/** How far a change has got: which streams have it, and how old is what the slowest has. */
export function connectionsRepresentation(
  snapshot: Snapshot,
  streams: readonly Stream[],
  now: number,
): object {
  const lags = streams.map((stream) => lagOf(stream, snapshot, now));
  const current = lags.filter((lagMs) => lagMs === 0).length;
  const oldestLagMs = Math.max(0, ...lags);
  const are = streams.length === 1 ? "connection is" : "connections are";
  const lag = oldestLagMs === 0 ? "" : `, the oldest lags ${Math.ceil(oldestLagMs / 1000)} s`;
  return {
    epoch: snapshot.epoch,
    version: snapshot.version,
    totalCount: streams.length,
    currentCount: current,
    oldestLagMs,
    summary: `${current} of ${streams.length} ${are} on version ${snapshot.version}${lag}`,
    items: streams.map((stream, index) => {
      const lagMs = lags[index] ?? 0;
      const { credential, ...origin } = stream.origin;
      return {
        ...origin,
        credential: `…${credential.slice(-4)}`,
        version: stream.sentVersion,
        isCurrent: lagMs === 0,
        lagMs,
        isLagging: stream.isLagging,
        connectedForMs: now - stream.openedAt,
      };
    }),
  };
}

/** How old the oldest change is that the stream has not been sent, in milliseconds. */
export function lagOf({ sentVersion }: Stream, snapshot: Snapshot, now: number): number {
  return sentVersion >= snapshot.version ? 0 : now - (snapshot.changedAfter(sentVersion) ?? now);
}
