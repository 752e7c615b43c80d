import type { Snapshot } from "./snapshot.ts";
import type { Stream } from "./stream.ts";

/** How far a change has got: which streams have it, and how old is what the slowest has. */
export function connectionsRepresentation(
  snapshot: Snapshot,
  streams: readonly Stream[],
  now: number,
): object {
  const lagOf = ({ sentVersion }: Stream) =>
    sentVersion >= snapshot.version ? 0 : now - (snapshot.changedAfter(sentVersion) ?? 0);
  const current = streams.filter((stream) => lagOf(stream) === 0).length;
  const oldestLagMs = Math.max(0, ...streams.map(lagOf));
  const are = streams.length === 1 ? "connection is" : "connections are";
  const lag = oldestLagMs === 0 ? "" : `, the oldest lags ${Math.ceil(oldestLagMs / 1000)} s`;
  return {
    epoch: snapshot.epoch,
    version: snapshot.version,
    totalCount: streams.length,
    currentCount: current,
    oldestLagMs,
    summary: `${current} of ${streams.length} ${are} on version ${snapshot.version}${lag}`,
    items: streams.map((stream) => {
      const { credential, ...origin } = stream.origin;
      return {
        ...origin,
        credential: `…${credential.slice(-4)}`,
        version: stream.sentVersion,
        isCurrent: lagOf(stream) === 0,
        lagMs: lagOf(stream),
        isLagging: stream.isLagging,
        connectedForMs: now - stream.openedAt,
      };
    }),
  };
}
