import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { resource } from "../api/queries.ts";
import type { AuditPageOfEntries } from "../audit/audit-entry.ts";
import { auditPath } from "../audit/audit-queries.ts";
import { EntryEnvironment } from "../audit/entry-environment.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Card } from "../ui/card.tsx";
import { ErrorState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { t } from "./text.ts";

/** The newest changes of the project; they come in as they are made. */
export function Happening({ project }: { readonly project: string }) {
  const query = new URLSearchParams({ under: `proj/${project}`, limit: "12" });
  const { data, error, refetch } = useQuery(resource<AuditPageOfEntries>(`${auditPath}?${query}`));
  return (
    <Card
      title={t("home.happening")}
      actions={
        <Link
          to="/p/$project/audit"
          params={{ project }}
          className="text-[13px] text-link underline"
        >
          {t("home.happening.all")}
        </Link>
      }
    >
      {error !== null && data === undefined && (
        <ErrorState what={t("home.happening.what")} error={error} onRetry={refetch} />
      )}
      {data?.items.length === 0 && <p className="text-ink2">{t("home.happening.none")}</p>}
      <ol className="-m-3 divide-y divide-line empty:hidden">
        {data?.items.map((entry) => (
          <li key={entry._id}>
            <Link
              to="/p/$project/audit/$entry"
              params={{ project, entry: entry._id }}
              className="flex gap-3 px-3 py-2.5 hover:bg-chosen/70"
            >
              <Avatar name={entry.subject.name} isNameBeside />
              <span className="min-w-0 flex-1">
                <span translate="no" className="block">
                  <b className="font-semibold">{entry.subject.name}</b> {entry.titleVerb}
                </span>
                <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink2">
                  <EntryEnvironment entry={entry} project={project} />
                  <RelativeTime at={entry.date} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
