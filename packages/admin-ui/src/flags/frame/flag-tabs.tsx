import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { tabClass, tabListClass } from "../../ui/tabs.tsx";
import { useDrafts } from "../draft/use-drafts.ts";
import { useFlagPage } from "./flag-page-context.ts";
import { useFlagTabs } from "./flag-tab.ts";
import { t } from "./text.ts";

/** The parts of the flag's page, each with an address of its own. */
export function FlagTabs() {
  const { project, flag, environment } = useFlagPage();
  const tabs = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // On a phone not all of them fit: the chosen one is brought into sight.
  useEffect(() => {
    const chosen = tabs.current?.querySelector<HTMLElement>(`[href^="${path}?"]`);
    if (tabs.current === null || chosen === null || chosen === undefined) return;
    const before = chosen.offsetLeft - tabs.current.offsetLeft;
    tabs.current.scrollLeft = before - (tabs.current.clientWidth - chosen.clientWidth) / 2;
  }, [path]);
  return (
    <nav ref={tabs} aria-label={t("frame.parts")} className={`mt-4 ${tabListClass}`}>
      {useFlagTabs().map(({ to, label, name }) => (
        <Link
          key={to}
          to={to}
          params={{ project, flag: flag.key }}
          search={{ env: environment.key }}
          activeOptions={{ includeSearch: false }}
          className={tabClass}
        >
          {label}
          {name === "targeting" && <UnsavedDot />}
        </Link>
      ))}
    </nav>
  );
}

/** Says that the flag has a draft. */
function UnsavedDot() {
  const { project, flag } = useFlagPage();
  const count = useDrafts(project)
    .filter((one) => one.flag === flag.key)
    .reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return null;
  return (
    <span
      role="img"
      aria-label={t("frame.unsaved", { count })}
      title={t("frame.unsaved", { count })}
      className="mb-px ml-1.5 inline-block align-middle size-2 rounded-full bg-signal forced-color-adjust-none"
    />
  );
}
