import { Link, Outlet, useParams } from "@tanstack/react-router";
import { Flag, KeyRound } from "lucide-react";
import { useLive } from "../live/use-live.ts";

export function Shell() {
  const { project = "" } = useParams({ strict: false });
  const isLive = useLive();
  const entry = "flex h-8 items-center gap-2 rounded-md px-2 hover:bg-sunken";
  return (
    <div className="min-h-screen md:grid md:grid-cols-[212px_1fr]">
      <nav
        aria-label="Main"
        className="flex gap-2 border-b border-line bg-surface p-3 md:flex-col md:border-r"
      >
        <b className="px-2 text-[15px]">Halyard</b>
        <Link to="/p/$project/flags" params={{ project }} className={entry}>
          <Flag size={16} aria-hidden /> Flags
        </Link>
        <Link to="/p/$project/keys" params={{ project }} className={entry}>
          <KeyRound size={16} aria-hidden /> Keys & SDKs
        </Link>
        <span role="status" className="px-2 text-xs text-ink2">
          {isLive ? "● Live" : "○ Reconnecting…"}
        </span>
      </nav>
      <main className="min-w-0 p-5">
        <Outlet />
      </main>
    </div>
  );
}
