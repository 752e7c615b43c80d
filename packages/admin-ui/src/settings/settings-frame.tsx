import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useProject } from "../shell/project.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { tabClass, tabListClass } from "../ui/tabs.tsx";
import { t } from "./text.ts";

const sections = [
  { to: "/p/$project/settings/general", label: t("settings.general") },
  { to: "/p/$project/settings/environments", label: t("settings.environments") },
  { to: "/p/$project/settings/webhooks", label: t("settings.webhooks") },
] as const;

/** What all pages of a project's settings have around them. */
export function SettingsFrame(props: {
  readonly title: string;
  readonly words?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const project = useProject();
  return (
    <>
      <PageHeader title={props.title} parents={[t("settings.title")]} actions={props.actions}>
        {props.words}
      </PageHeader>
      <nav aria-label={t("settings.title")} className={`${tabListClass} mb-4`}>
        {sections.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            params={{ project }}
            className={tabClass}
            activeProps={{ "aria-current": "page", "data-selected": true }}
          >
            {label}
          </Link>
        ))}
      </nav>
      {props.children}
    </>
  );
}
