import { Outlet, useRouter } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { AnnouncementBanner } from "../announcements/announcement-banner.tsx";
import { LiveContext, useLiveLink } from "../live/use-live.ts";
import { SessionSheet } from "../session/session-sheet.tsx";
import { ShortcutsDialog } from "../shortcuts/shortcuts-dialog.tsx";
import { FrameContext } from "../ui/frame.ts";
import { Toasts } from "../ui/toast.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { Header } from "./header.tsx";
import { OfflineBanner } from "./link-state.tsx";
import { rememberProject, useProject } from "./project.ts";
import { ShellCommands } from "./shell-commands.tsx";
import { Sidebar } from "./sidebar.tsx";
import { t } from "./text.ts";

/** The frame around every page of somebody who is signed in. */
export function Shell() {
  const project = useProject();
  const live = useLiveLink();
  const [trail, setTrail] = useState<HTMLElement | null>(null);
  const takeArrival = useArrival();
  const frame = useMemo(() => ({ trail, takeArrival }), [trail, takeArrival]);
  useEffect(() => rememberProject(project), [project]);
  return (
    <LiveContext value={live}>
      <FrameContext value={frame}>
        <a
          href="#content"
          className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-primary px-3 py-2 font-semibold text-onprimary focus:translate-y-0"
        >
          {t("shell.skip")}
        </a>
        <div className="flex min-h-screen">
          <Sidebar />
          <div className="flex min-w-0 flex-1 flex-col max-md:pb-14">
            <Header trailRef={setTrail} />
            <OfflineBanner />
            <AnnouncementBanner />
            <main
              id="content"
              tabIndex={-1}
              className="mx-auto w-full max-w-340 flex-1 p-5 outline-none max-md:p-4"
            >
              <Outlet />
            </main>
          </div>
        </div>
        <BottomBar />
        <ShellCommands />
        <ShortcutsDialog />
        <SessionSheet />
        <Toasts />
      </FrameContext>
    </LiveContext>
  );
}

/** Tells whoever asks first after a change of page that somebody has arrived. */
function useArrival(): () => boolean {
  const router = useRouter();
  const hasArrived = useRef(false);
  useEffect(
    () =>
      router.subscribe("onBeforeNavigate", ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged) hasArrived.current = true;
      }),
    [router],
  );
  const [take] = useState(() => () => {
    const was = hasArrived.current;
    hasArrived.current = false;
    return was;
  });
  return take;
}
