import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useProject } from "../shell/project.ts";
import { useNav } from "../shell/use-nav.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { tabClass, tabListClass } from "../ui/tabs.tsx";
import { t } from "./text.ts";

/** What all pages of a project's settings have around them. */
export function SettingsFrame(props: {
  readonly title: string;
  readonly words?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const project = useProject();
  const sections = useNav().filter(({ place }) => place === "project");
  const bar = useRef<HTMLElement>(null);
  // On a small screen the bar is wider than its place.
  useEffect(() => {
    const here = bar.current?.querySelector("[aria-current=page]");
    here?.scrollIntoView({ inline: "center", block: "nearest" });
  }, []);
  return (
    <>
      <PageHeader title={props.title} parents={[t("settings.title")]} actions={props.actions}>
        {props.words !== undefined && <p className="min-w-0 wrap-anywhere">{props.words}</p>}
      </PageHeader>
      <nav ref={bar} aria-label={t("settings.title")} className={`${tabListClass} mb-4`}>
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
