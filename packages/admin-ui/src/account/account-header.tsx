import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useNav } from "../shell/use-nav.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { tabClass, tabListClass } from "../ui/tabs.tsx";
import { t } from "./text.ts";

interface AccountHeaderProps {
  readonly title: string;
  readonly actions?: ReactNode;
  /** The title is data and not a text of ours. */
  readonly isName?: boolean;
}

/** The head of the account's pages, with the way from one to the other. */
export function AccountHeader({ title, actions, isName = false }: AccountHeaderProps) {
  const bar = useRef<HTMLElement>(null);
  // On a phone the bar is longer than the screen.
  useEffect(() => {
    const current = bar.current?.querySelector("[aria-current=page]");
    current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, []);
  const pages = useNav().filter(({ place }) => place === "account");
  return (
    <>
      <PageHeader
        title={title}
        isName={isName}
        parents={[
          <Link key="account" to="/account">
            {t("account.title")}
          </Link>,
        ]}
        actions={actions}
      />
      <nav ref={bar} aria-label={t("account.nav")} className={`mb-4 ${tabListClass}`}>
        {pages.map(({ to, label }) => (
          <Link key={to} to={to} activeProps={{ "aria-current": "page" }} className={tabClass}>
            {label}
          </Link>
        ))}
      </nav>
    </>
  );
}
