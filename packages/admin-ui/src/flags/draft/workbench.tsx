import type { ReactNode } from "react";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { TryIt } from "../try-it.tsx";
import { DraftBar } from "./draft-bar.tsx";
import { DraftProvider } from "./draft-provider.tsx";

/** What is around the editor of a flag's targeting: its draft, and what a context would get. */
export function Workbench({ children }: { readonly children: ReactNode }) {
  const { project, flag, environment } = useFlagPage();
  return (
    <DraftProvider key={`${flag.key} ${environment.key}`}>
      <div className="grid gap-4 xl:grid-cols-[1fr_340px]">
        <div className="min-w-0">{children}</div>
        <TryIt project={project} flag={flag} environment={environment.key} />
      </div>
      <DraftBar />
    </DraftProvider>
  );
}
