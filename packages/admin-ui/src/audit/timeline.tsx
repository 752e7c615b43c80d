import { useRef } from "react";
import { useEnvironments } from "../flags/flag-queries.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { formatDay, formatWeekday } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { useReady } from "../ui/ready.ts";
import { Empty, EmptyFiltered, ErrorState } from "../ui/states.tsx";
import type { AuditEntry } from "./audit-entry.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { useAuditPages } from "./audit-queries.ts";
import { type AuditScope, type AuditSearch, auditQuery, isFiltered } from "./audit-search.ts";
import { byDay, daysAgo } from "./days.ts";
import { t } from "./text.ts";
import { TimelineEntry } from "./timeline-entry.tsx";
import { TimelineSkeleton } from "./timeline-skeleton.tsx";

interface TimelineProps {
  readonly scope: AuditScope;
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
  /** What could not be loaded, where it could not. */
  readonly what: string;
  /** Said where nothing has happened yet. */
  readonly empty: string;
}

/** What was done, day by day, the newest first. */
export function Timeline({ scope, search, onSearch, what, empty }: TimelineProps) {
  const environments = useEnvironments(scope.project).data?.items;
  const pages = useAuditPages(auditQuery(scope, search, Date.now()));
  const entries = pages.data?.pages.flatMap(({ items }) => items);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useReady(pages.error !== null || (entries !== undefined && environments !== undefined));
  useShortcut("/", t("audit.search"), () => input.current?.focus());
  useShortcut("j", t("audit.next"), () => focusEntry(list.current, 1));
  useShortcut("k", t("audit.previous"), () => focusEntry(list.current, -1));
  return (
    <>
      <AuditFilters
        scope={scope}
        search={search}
        onChange={onSearch}
        environments={environments ?? []}
        input={input}
      />
      {pages.error !== null && entries === undefined && (
        <ErrorState what={what} error={pages.error} onRetry={pages.refetch} />
      )}
      {pages.isPending && <TimelineSkeleton />}
      {entries?.length === 0 &&
        (isFiltered(search) ? (
          <EmptyFiltered words={t("audit.none")} onClear={() => onSearch({})} />
        ) : (
          <Empty words={empty} code={`halyard audit list --project ${scope.project}`} />
        ))}
      {entries !== undefined && entries.length > 0 && (
        <>
          <p role="status" className="sr-only">
            {pages.hasNextPage
              ? t("audit.countMore", { count: entries.length })
              : t("audit.count", { count: entries.length })}
          </p>
          <div ref={list} className={pages.isPlaceholderData ? "opacity-60" : ""}>
            <Days entries={entries} scope={scope} />
          </div>
          {pages.hasNextPage ? (
            <div className="mt-4 flex justify-center">
              <Button
                isPending={pages.isFetchingNextPage}
                onPress={() => void pages.fetchNextPage()}
              >
                {t("audit.older")}
              </Button>
            </div>
          ) : (
            <p className="mt-4 text-center text-[13px] text-ink3">{t("audit.end")}</p>
          )}
        </>
      )}
    </>
  );
}

function Days({
  entries,
  scope,
}: {
  readonly entries: readonly AuditEntry[];
  readonly scope: AuditScope;
}) {
  return byDay(entries).map((day) => (
    <section key={day.start} aria-label={dayInWords(day.start)} className="mb-5">
      <h2 className="mb-2 text-[13px] font-semibold text-ink2">
        <time dateTime={new Date(day.start).toISOString()}>{dayInWords(day.start)}</time>
      </h2>
      <ol className="divide-y divide-line rounded-lg border border-line bg-surface">
        {day.entries.map((entry) => (
          <TimelineEntry key={entry._id} entry={entry} scope={scope} />
        ))}
      </ol>
    </section>
  ));
}

function dayInWords(start: number): string {
  const day = `${formatWeekday(start)} ${formatDay(start)}`;
  switch (daysAgo(start, Date.now())) {
    case 0:
      return t("audit.today", { day });
    case 1:
      return t("audit.yesterday", { day });
    default:
      return day;
  }
}

/** Moves the focus from entry to entry, from wherever it is. */
function focusEntry(list: HTMLElement | null, step: 1 | -1): void {
  const buttons = [
    ...(list?.querySelectorAll<HTMLElement>("[data-entry] button[aria-expanded]") ?? []),
  ];
  const at = buttons.findIndex((button) =>
    button.closest("[data-entry]")?.contains(document.activeElement),
  );
  const next = at === -1 ? 0 : Math.min(Math.max(at + step, 0), buttons.length - 1);
  buttons[next]?.focus();
}
