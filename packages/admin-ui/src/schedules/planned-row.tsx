import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { approvalPlace } from "../approvals/approval.ts";
import { ApprovalStatus } from "../approvals/approval-status.tsx";
import { nameOfPerson, usePeople } from "../audit/audit-queries.ts";
import { useFlagName } from "../palette/flag-names.ts";
import { formatClock } from "../text/format.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { ChangeMenu } from "./change-menu.tsx";
import { earlierThan, type Planned, type ScheduledChange } from "./scheduled-change.ts";
import { t } from "./text.ts";

// The language of instructions comes with it.
const RequestedChange = lazy(async () => ({
  default: (await import("../approvals/requested-change.tsx")).RequestedChange,
}));

interface PlannedRowProps {
  readonly planned: Planned;
  /** All that is scheduled, for what comes before it. */
  readonly all: readonly ScheduledChange[];
  readonly project: string;
}

/** One change to come: when, of what, by whom, and what will be then. */
export function PlannedRow({ planned, all, project }: PlannedRowProps) {
  const place =
    planned.kind === "change"
      ? {
          project,
          environment: planned.change.environmentKey,
          kind: "flag" as const,
          key: planned.change.flagKey,
        }
      : approvalPlace(planned.request);
  const author =
    planned.kind === "change" ? planned.change._maintainerId : planned.request.requestorId;
  const instructions =
    planned.kind === "change" ? planned.change.instructions : planned.request.instructions;
  const since =
    planned.kind === "change" ? planned.change._creationDate : planned.request.creationDate;
  const earlier = planned.kind === "change" ? earlierThan(planned.change, all) : [];
  const person = usePeople().find(({ _id }) => _id === author);
  const name = person === undefined ? t("schedule.someone") : nameOfPerson(person);
  return (
    <li className="grid grid-cols-[auto_1fr_auto] gap-x-4 px-3 py-2.5 max-sm:gap-x-3">
      <time
        dateTime={new Date(planned.date).toISOString()}
        className="w-12 shrink-0 pt-0.5 font-mono text-[13px] text-ink2 tabular-nums"
      >
        {formatClock(planned.date)}
      </time>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <ThingLink planned={planned} project={project} />
          {planned.kind === "request" && <ApprovalStatus request={planned.request} />}
        </div>
        <p className="mt-0.5 text-xs text-ink2">
          {t.rich("schedule.in", {
            relative: <RelativeTime key="in" at={planned.date} />,
            name: (
              <span key="name" translate="no">
                {name}
              </span>
            ),
          })}
        </p>
      </div>
      {planned.kind === "change" && <ChangeMenu change={planned.change} project={project} />}
      <div className="col-start-2 col-end-4 mt-1.5 max-sm:col-start-1">
        <Suspense fallback={<SkeletonRows count={1} />}>
          <RequestedChange
            change={{
              ...place,
              instructions,
              since,
              earlier: earlier.map((one) => ({
                environment: one.environmentKey,
                instructions: one.instructions,
              })),
            }}
            isBrief
          />
        </Suspense>
      </div>
    </li>
  );
}

function ThingLink({ planned, project }: { readonly planned: Planned; readonly project: string }) {
  const nameOf = useFlagName(project);
  if (planned.kind === "request")
    return (
      <Link
        to="/p/$project/approvals/$id"
        params={{ project, id: planned.request._id }}
        translate="no"
        className="font-semibold text-link underline"
      >
        {planned.request.description}
      </Link>
    );
  const { flagKey, environmentKey } = planned.change;
  return (
    <Link
      to="/p/$project/flags/$flag/targeting"
      params={{ project, flag: flagKey }}
      search={{ env: environmentKey }}
      translate="no"
      className="font-semibold text-link underline"
    >
      {nameOf(flagKey)}
    </Link>
  );
}
