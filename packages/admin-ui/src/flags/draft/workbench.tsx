import type { ReactNode } from "react";
import { useKeptFocus } from "../../ui/kept-focus.ts";
import { Conflicts } from "../conflict/conflicts.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { TryProvider } from "../try-it/try-provider.tsx";
import { TrySide } from "../try-it/try-side.tsx";
import { DraftBar } from "./draft-bar.tsx";
import { DraftProvider } from "./draft-provider.tsx";
import { LiveNotes } from "./live-notes.tsx";

/** What is around the editor of a flag's targeting: its draft, and what a context would get. */
export function Workbench({ children }: { readonly children: ReactNode }) {
  const { flag, environment } = useFlagPage();
  const editor = useKeptFocus<HTMLDivElement>();
  return (
    <DraftProvider key={`${flag.key} ${environment.key}`}>
      <TryProvider>
        <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_340px]">
          <div ref={editor} className="min-w-0 space-y-3 max-xl:order-2">
            <Conflicts />
            {children}
          </div>
          <TrySide />
        </div>
        <LiveNotes />
        <DraftBar />
      </TryProvider>
    </DraftProvider>
  );
}
