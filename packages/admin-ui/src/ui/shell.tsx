import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { Flag, KeyRound, LogOut, Terminal } from "lucide-react";
import type { Items, Project } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { useLive } from "../live/use-live.ts";
import { Mark } from "./mark.tsx";

export function Shell() {
  const { project = "" } = useParams({ strict: false });
  const isLive = useLive();
  const entry = "flex h-8 items-center gap-2 rounded-md px-2 hover:bg-sunken";
  return (
    <div className="min-h-screen md:grid md:grid-cols-[212px_1fr]">
      <nav
        aria-label="Main"
        className="flex flex-wrap items-center gap-2 border-b border-line bg-surface p-3 md:flex-col md:items-stretch md:border-r"
      >
        <span className="flex items-center gap-2 px-2 text-[15px] font-semibold tracking-tight md:mb-3">
          <Mark /> Halyard
        </span>
        <ProjectSwitch project={project} />
        <Link to="/p/$project/flags" params={{ project }} className={entry}>
          <Flag size={16} aria-hidden /> Flags
        </Link>
        <Link to="/p/$project/keys" params={{ project }} className={entry}>
          <KeyRound size={16} aria-hidden /> Keys & SDKs
        </Link>
        <Link to="/p/$project/tokens" params={{ project }} className={entry}>
          <Terminal size={16} aria-hidden /> Access tokens
        </Link>
        <span role="status" className="px-2 text-xs text-ink2">
          {isLive ? "● Live" : "○ Reconnecting…"}
        </span>
        <button
          type="button"
          onClick={() => void signOut()}
          className={`${entry} text-ink2 md:mt-auto`}
        >
          <LogOut size={16} aria-hidden /> Sign out
        </button>
      </nav>
      <main className="min-w-0 p-5">
        <Outlet />
      </main>
    </div>
  );
}

async function signOut() {
  await request("DELETE", "/api/session");
  location.assign("/login");
}

function ProjectSwitch({ project }: { readonly project: string }) {
  const navigate = useNavigate();
  const projects = useQuery({
    queryKey: ["projects"],
    queryFn: () => request<Items<Project>>("GET", "/api/v2/projects?limit=10000"),
  });
  return (
    <select
      aria-label="Project"
      value={project}
      onChange={({ target }) =>
        void navigate({ to: "/p/$project/flags", params: { project: target.value } })
      }
      className="h-8 max-w-44 rounded-md border border-line2 bg-surface px-2 font-semibold md:mb-2 md:max-w-none"
    >
      {(projects.data?.items ?? [{ key: project, name: project }]).map(({ key, name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
