import { lazy, Suspense } from "react";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { type ConflictPlace, undecidedAt } from "./conflict-place.ts";

const Undecided = lazy(async () => ({
  default: (await import("./undecided.tsx")).Undecided,
}));
const Obstruction = lazy(async () => ({
  default: (await import("./obstruction.tsx")).Obstruction,
}));

/** What is undecided at a part of the page, shown in it; nothing where nothing is. */
export function ConflictsAt({ place }: { readonly place: ConflictPlace }) {
  const { conflict, drafted, environment } = useDraftDesk();
  if (conflict === undefined) return null;
  const configuration = drafted.environments[environment];
  const waiting = undecidedAt(place, conflict, { environment, configuration });
  if (waiting.length === 0) return null;
  return (
    <Suspense>
      <div className="my-2 space-y-2">
        {waiting.map(({ index, one }) => (
          <Undecided key={index} index={index} one={one} />
        ))}
      </div>
    </Suspense>
  );
}

/** What stands in the way of the whole draft, or of what has no place of its own on the page. */
export function Conflicts() {
  const { typed } = useDraftDesk();
  const { flag, isDeleted } = useFlagPage();
  return (
    <>
      {(isDeleted || flag.archived) && typed.length > 0 && (
        <Suspense>
          <Obstruction />
        </Suspense>
      )}
      <ConflictsAt place="page" />
    </>
  );
}
