import { ChevronRight } from "lucide-react";
import { lazy, Suspense, useId, useState } from "react";
import { Avatar } from "../ui/avatar.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { type AuditEntry, typedComment } from "./audit-entry.ts";
import type { AuditScope } from "./audit-search.ts";
import { Door } from "./door.tsx";
import { EntryEnvironment } from "./entry-environment.tsx";
import { EntrySkeleton } from "./entry-skeleton.tsx";

// What says changes in words brings the language of instructions, which nobody needs who only reads along.
const EntryDetails = lazy(async () => ({
  default: (await import("./entry-details.tsx")).EntryDetails,
}));

/** One thing that was done: who and what in a sentence; with a press what it was before and after. */
export function TimelineEntry({
  entry,
  scope,
}: {
  readonly entry: AuditEntry;
  readonly scope: AuditScope;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const sentences = entry.description.split("\n");
  const comment = typedComment(entry);
  return (
    <li data-entry className="relative px-3 py-2.5">
      <div className="flex gap-3">
        <Avatar name={entry.subject.name} isNameBeside />
        <div className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
            className="group -m-1 flex w-[calc(100%+0.5rem)] items-start gap-2 rounded p-1 text-left hover:bg-chosen/70"
          >
            <span translate="no" className="min-w-0 flex-1">
              <b className="font-semibold">{entry.subject.name}</b> {entry.titleVerb}
            </span>
            <ChevronRight
              size={16}
              aria-hidden
              className={`mt-0.5 shrink-0 text-ink3 ${isOpen ? "rotate-90" : ""}`}
            />
          </button>
          {sentences.length > 1 && (
            <ul
              translate="no"
              className="mt-1 list-disc space-y-0.5 pl-4 text-[13px] text-ink2 marker:text-ink3"
            >
              {sentences.map((sentence, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may be said twice; its place is what it is known by.
                <li key={at}>{sentence}</li>
              ))}
            </ul>
          )}
          {comment !== "" && (
            <p
              translate="no"
              className="mt-1 border-l-2 border-line2/50 pl-2 text-[13px] text-ink2"
            >
              {comment}
            </p>
          )}
          <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink2">
            <EntryEnvironment entry={entry} project={scope.project} />
            <Door entry={entry} />
            <RelativeTime at={entry.date} />
          </div>
        </div>
      </div>
      <div id={id} className={isOpen ? "mt-3 md:pl-10" : ""}>
        {isOpen && (
          <Suspense fallback={<EntrySkeleton />}>
            <EntryDetails id={entry._id} project={scope.project} />
          </Suspense>
        )}
      </div>
    </li>
  );
}
