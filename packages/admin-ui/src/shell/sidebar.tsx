import { Link } from "@tanstack/react-router";
import { Mark } from "../ui/mark.tsx";
import { useProject } from "./project.ts";
import { ProjectSwitch } from "./project-switch.tsx";
import { t } from "./text.ts";
import { type NavLink, useNav } from "./use-nav.ts";

/** On tablets a rail, where the words stand below the icons, so that tables have their room. */
export function Sidebar() {
  return (
    <nav
      aria-label={t("shell.main")}
      className="sticky top-0 hidden h-screen w-53 shrink-0 flex-col overflow-y-auto border-r border-line bg-surface p-3 max-lg:w-21 max-lg:px-1 md:flex"
    >
      <Link
        to="/"
        className="mb-4 flex items-center gap-2 rounded-md px-1 max-lg:justify-center"
        translate="no"
      >
        <Mark />{" "}
        <span className="text-[15px] font-semibold tracking-tight max-lg:sr-only">Halyard</span>
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
      className="relative flex h-8 items-center gap-2.5 rounded-md px-2 text-ink2 hover:bg-chosen hover:text-ink aria-[current=page]:bg-chosen aria-[current=page]:font-semibold aria-[current=page]:text-ink md:max-lg:h-12 md:max-lg:flex-col md:max-lg:justify-center md:max-lg:gap-0.5 md:max-lg:px-0 md:max-lg:text-[11px] md:max-lg:leading-4 pointer-coarse:h-11 md:max-lg:pointer-coarse:h-12"
    >
      <Icon size={16} strokeWidth={1.75} className="shrink-0" aria-hidden />
      <span className="max-w-full min-w-0 truncate">{label}</span>
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
    <span className="ml-auto rounded bg-sunken px-1.5 text-xs text-ink2 tabular-nums md:max-lg:absolute md:max-lg:top-1 md:max-lg:left-[calc(50%+6px)] md:max-lg:border md:max-lg:border-line md:max-lg:px-1 md:max-lg:text-[11px] md:max-lg:leading-3.5">
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t("shell.waiting", { count })}</span>
    </span>
  );
}
