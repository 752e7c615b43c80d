import { Link } from "@tanstack/react-router";
import { tabClass, tabListClass } from "../../ui/tabs.tsx";
import { useFlagPage } from "./flag-page-context.ts";
import { useFlagTabs } from "./flag-tab.ts";
import { t } from "./text.ts";

/** The parts of the flag's page, each with an address of its own. */
export function FlagTabs() {
  const { project, flag, environment } = useFlagPage();
  return (
    <nav aria-label={t("frame.parts")} className={`mt-4 ${tabListClass}`}>
      {useFlagTabs().map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          params={{ project, flag: flag.key }}
          search={{ env: environment.key }}
          activeOptions={{ includeSearch: false }}
          className={tabClass}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
