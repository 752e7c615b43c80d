import { loggedChange } from "../change-words/change-in-words.ts";
import { ChangeView } from "../change-words/change-view.tsx";
import { t as words } from "../change-words/text.ts";
import { useEnvironments } from "../flags/flag-queries.ts";
import { EntryActions } from "../revert/entry-actions.tsx";
import { ErrorState } from "../ui/states.tsx";
import { placeOf, type WholeAuditEntry } from "./audit-entry.ts";
import { useAuditEntry } from "./audit-queries.ts";
import { EntryFacts } from "./entry-facts.tsx";
import { EntryLinks } from "./entry-links.tsx";
import { EntrySkeleton } from "./entry-skeleton.tsx";
import { RawChange } from "./raw-change.tsx";
import { t } from "./text.ts";

/** What an entry's change was, in words and raw, how it came about, and the ways back. */
export function EntryDetails({ id, project }: { readonly id: string; readonly project: string }) {
  const { data: entry, error, refetch } = useAuditEntry(id);
  if (error !== null && entry === undefined)
    return <ErrorState what={t("audit.entry.what")} error={error} onRetry={refetch} />;
  if (entry === undefined) return <EntrySkeleton />;
  return (
    <div className="space-y-3">
      <EntryActions entry={entry} project={project} />
      <EntryLinks entry={entry} project={project} />
      <Change entry={entry} project={project} />
      <RawChange entry={entry} />
      <EntryFacts entry={entry} />
    </div>
  );
}

function Change({ entry, project }: { readonly entry: WholeAuditEntry; readonly project: string }) {
  const environments = useEnvironments(project).data?.items ?? [];
  const parts = loggedChange(entry.kind, entry, placeOf(entry).environment);
  return (
    <section>
      <h3 className="mb-1.5 text-[13px] font-semibold">{t("audit.change")}</h3>
      {parts.length === 0 ? (
        <p className="text-[13px] text-ink2">{words("words.nothing")}</p>
      ) : (
        <ChangeView parts={parts} environments={environments} />
      )}
    </section>
  );
}
