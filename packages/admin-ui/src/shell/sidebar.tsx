import { Link } from "@tanstack/react-router";
import { Mark } from "../ui/mark.tsx";
import { useProject } from "./project.ts";
import { ProjectSwitch } from "./project-switch.tsx";
import { t } from "./text.ts";
import { type NavLink, useNav } from "./use-nav.ts";

export function Sidebar() {
  return (
    <nav
      aria-label={t("shell.main")}
      className="sticky top-0 hidden h-screen w-53 shrink-0 flex-col overflow-y-auto border-r border-line bg-surface p-3 md:flex"
    >
      <Link to="/" className="mb-4 flex items-center gap-2 rounded-md px-1" translate="no">
        <Mark /> <span className="text-[15px] font-semibold tracking-tight">Halyard</span>
      </Link>
      <SidebarEntries />
    </nav>
  );
}

/** Also what "More" shows on a phone. */
export function SidebarEntries({ onGo }: { readonly onGo?: () => void }) {
  const nav = useNav();
  const parts = (["work", "settings"] as const)
    .map((place) => nav.filter((entry) => entry.place === place))
    .filter((entries) => entries.length > 0);
  return (
    <>
      <ProjectSwitch />
      {parts.map((entries, at) => (
        <ul
          key={entries[0]?.place}
          className={at === 0 ? "space-y-px" : "mt-3 space-y-px border-t border-line pt-3"}
        >
          {entries.map((entry) => (
            <li key={entry.to}>
              <SidebarLink entry={entry} {...(onGo === undefined ? {} : { onGo })} />
            </li>
          ))}
        </ul>
      ))}
    </>
  );
}

function SidebarLink({ entry, onGo }: { readonly entry: NavLink; readonly onGo?: () => void }) {
  const project = useProject();
  const { icon: Icon, label, to } = entry;
  return (
    <Link
      to={to}
      params={{ project }}
      activeProps={{ "aria-current": "page" }}
      // Every page of a project is below its home.
      activeOptions={{ exact: to === "/p/$project" }}
      onClick={() => onGo?.()}
      className="flex h-8 items-center gap-2.5 rounded-md px-2 text-ink2 hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-semibold aria-[current=page]:text-ink pointer-coarse:h-11"
    >
      <Icon size={16} strokeWidth={1.75} className="shrink-0" aria-hidden />
      <span className="min-w-0 truncate">{label}</span>
      {entry.useCount !== undefined && <Count project={project} useCount={entry.useCount} />}
    </Link>
  );
}

function Count(props: {
  readonly project: string;
  readonly useCount: (project: string) => number | undefined;
}) {
  const count = props.useCount(props.project);
  if (count === undefined || count === 0) return null;
  return (
    <span className="ml-auto rounded bg-sunken px-1.5 text-xs text-ink2 tabular-nums">
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t("shell.waiting", { count })}</span>
    </span>
  );
}
