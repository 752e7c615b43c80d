import { Link, useParams } from "@tanstack/react-router";
import { useApprovals } from "../approvals/approval-queries.ts";
import { byDay, daysAgo } from "../audit/days.ts";
import { formatDay, formatWeekday } from "../text/format.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, ErrorState } from "../ui/states.tsx";
import { FailedChanges } from "./failed-changes.tsx";
import { MonthStrip } from "./month-strip.tsx";
import { PlannedRow } from "./planned-row.tsx";
import { useScheduledChanges } from "./schedule-queries.ts";
import { calendarOf } from "./scheduled-change.ts";
import { t } from "./text.ts";

/** What will be done by itself in the project, day by day. */
export function SchedulePage() {
  const { project = "" } = useParams({ strict: false });
  const scheduled = useScheduledChanges(project);
  const requests = useApprovals();
  const error = scheduled.error ?? requests.error;
  const changes = scheduled.data?.items;
  const asked = requests.data?.items;
  const isReady = changes !== undefined && asked !== undefined;
  useReady(isReady || error !== null);
  const { planned, failed } = isReady
    ? calendarOf(changes, asked, project)
    : { planned: [], failed: [] };
  return (
    <>
      <PageHeader
        title={t("schedule.title")}
        parents={[
          <Link key="approvals" to="/p/$project/approvals" params={{ project }}>
            {t("schedule.approvals")}
          </Link>,
        ]}
      >
        {t("schedule.words")}
      </PageHeader>
      {error !== null && !isReady && (
        <ErrorState what={t("schedule.what")} error={error} onRetry={scheduled.refetch} />
      )}
      {error === null && !isReady && <SkeletonRows count={4} />}
      {isReady && planned.length === 0 && failed.length === 0 && (
        <Empty words={t("schedule.empty")} />
      )}
      {failed.length > 0 && <FailedChanges changes={failed} project={project} />}
      {planned.length > 0 && <MonthStrip dates={planned.map(({ date }) => date)} />}
      {byDay(planned).map((day) => (
        <section
          key={day.start}
          id={`day-${day.start}`}
          aria-label={dayInWords(day.start)}
          className="mb-5 scroll-mt-16"
        >
          <h2 className="mb-2 text-[13px] font-semibold text-ink2">
            <time dateTime={new Date(day.start).toISOString()}>{dayInWords(day.start)}</time>
          </h2>
          <ol className="divide-y divide-line rounded-lg border border-line bg-surface">
            {day.entries.map((one) => (
              <PlannedRow
                key={one.kind === "change" ? one.change._id : one.request._id}
                planned={one}
                all={changes ?? []}
                project={project}
              />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function dayInWords(start: number): string {
  const day = `${formatWeekday(start)} ${formatDay(start)}`;
  switch (daysAgo(start, Date.now())) {
    case 0:
      return t("schedule.today", { day });
    case -1:
      return t("schedule.tomorrow", { day });
    default:
      return day;
  }
}
