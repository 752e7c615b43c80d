import { lazy, Suspense } from "react";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";

const ConflictPanel = lazy(async () => ({
  default: (await import("./conflict-panel.tsx")).ConflictPanel,
}));

/** What stands in the way of the draft, where something does. */
export function Conflicts() {
  const { conflict, typed } = useDraftDesk();
  const { flag } = useFlagPage();
  if (conflict === undefined && !(flag.archived && typed.length > 0)) return null;
  return (
    <Suspense>
      <ConflictPanel />
    </Suspense>
  );
}
