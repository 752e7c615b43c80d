import { useEffect, useState } from "react";
import { useLive } from "../live/use-live.ts";
import { formatClock } from "../text/format.ts";
import { t } from "./text.ts";

/** Whether what is on screen is now; told by words, the dot is beside. */
export function LinkState() {
  const { state, since } = useLive();
  const isBack = useBack(state);
  const words = {
    live: isBack ? t("live.back") : t("live.live"),
    connecting: t("live.connecting"),
    reconnecting: t("live.reconnecting", { time: formatClock(since) }),
  }[state];
  return (
    <span
      role="status"
      className="flex items-center gap-1.5 text-xs whitespace-nowrap text-ink2 max-sm:[&>span:last-child]:sr-only"
    >
      <span
        aria-hidden="true"
        className={`size-2 rounded-full border forced-color-adjust-none ${state === "live" ? "border-on bg-on" : "border-line2"}`}
      />
      <span>{words}</span>
    </span>
  );
}

const patienceMs = 3_000;

/** True for a moment after the link has come back. */
function useBack(state: "connecting" | "live" | "reconnecting"): boolean {
  const [isBack, setBack] = useState(false);
  useEffect(() => {
    if (state === "reconnecting") return () => setBack(true);
    if (!isBack) return;
    const timer = setTimeout(() => setBack(false), patienceMs);
    return () => clearTimeout(timer);
  }, [state, isBack]);
  return isBack && state === "live";
}

/** When the link went, once it has been gone for so long that it matters. */
export function useOfflineSince(): number | undefined {
  const { state, since } = useLive();
  const isGone = state === "reconnecting";
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isGone) return;
    const timer = setTimeout(() => setLong(true), Math.max(0, since + patienceMs - Date.now()));
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isGone, since]);
  return isLong ? since : undefined;
}

export function OfflineBanner() {
  const since = useOfflineSince();
  return (
    <div role="status">
      {since !== undefined && (
        <p className="border-b border-prod/40 bg-prodbg px-5 py-2 text-prod">
          {t("live.banner", { time: formatClock(since) })}
        </p>
      )}
    </div>
  );
}
