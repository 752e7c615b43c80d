import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components";
import { Sheet } from "../ui/dialog.tsx";
import { useProject } from "./project.ts";
import { SidebarEntries } from "./sidebar.tsx";
import { t } from "./text.ts";
import { useNav } from "./use-nav.ts";

/** The sidebar of small screens: three pages, and all others under "More". */
export function BottomBar() {
  const project = useProject();
  const nav = useNav().filter(({ isInBottomBar }) => isInBottomBar === true);
  const [isOpen, setOpen] = useState(false);
  const entry =
    "flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-[11px] text-ink2 aria-[current=page]:font-semibold aria-[current=page]:text-ink";
  return (
    <nav
      aria-label={t("shell.main")}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface md:hidden"
    >
      {nav.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          params={{ project }}
          activeProps={{ "aria-current": "page" }}
          className={entry}
        >
          <Icon size={20} strokeWidth={1.75} aria-hidden />
          {label}
        </Link>
      ))}
      <Button className={entry} onPress={() => setOpen(true)}>
        <Ellipsis size={20} aria-hidden />
        {t("shell.more")}
      </Button>
      <Sheet isOpen={isOpen} onClose={() => setOpen(false)} title={t("shell.menu")} size="small">
        <div className="mt-2">
          <SidebarEntries onGo={() => setOpen(false)} />
        </div>
      </Sheet>
    </nav>
  );
}
