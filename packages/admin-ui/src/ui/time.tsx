import { useSyncExternalStore } from "react";
import { formatMoment, formatRelative } from "../text/format.ts";

const tickMs = 30_000;

/** How long ago, kept up to date; the moment itself in the title. */
export function RelativeTime({ at }: { readonly at: number }) {
  const now = useSyncExternalStore(everyTick, minute);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatMoment(at)}
      className="whitespace-nowrap"
    >
      {formatRelative(at, Math.max(now, Date.now()))}
    </time>
  );
}

function everyTick(onTick: () => void): () => void {
  const timer = setInterval(onTick, tickMs);
  return () => clearInterval(timer);
}

function minute(): number {
  return Math.floor(Date.now() / tickMs) * tickMs;
}
