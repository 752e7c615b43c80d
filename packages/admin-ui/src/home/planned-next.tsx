import { Link } from "@tanstack/react-router";
import { approvalPlace } from "../approvals/approval.ts";
import { useApprovals } from "../approvals/approval-queries.ts";
import { useFlagName } from "../palette/flag-names.ts";
import { useScheduledChanges } from "../schedules/schedule-queries.ts";
import { calendarOf, type Planned } from "../schedules/scheduled-change.ts";
import { Where } from "../schedules/where.tsx";
import { Card } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { t } from "./text.ts";

const shown = 4;

/** What will be done by itself next; nothing where nothing is planned. */
export function PlannedNext({ project }: { readonly project: string }) {
  const changes = useScheduledChanges(project).data?.items ?? [];
  const requests = useApprovals().data?.items ?? [];
  const { planned } = calendarOf(changes, requests, project);
  const nameOf = useFlagName(project);
  if (planned.length === 0) return null;
  return (
    <Card
      title={t("home.soon")}
      actions={
        <Link
          to="/p/$project/approvals/schedule"
          params={{ project }}
          className="text-[13px] text-link underline"
        >
          {t("home.soon.all")}
        </Link>
      }
    >
      <ol className="space-y-2">
        {planned.slice(0, shown).map((one) => {
          const { id, name, environment } = thingOf(one, nameOf);
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span translate="no" className="min-w-0 truncate font-medium">
                {name}
              </span>
              <Where project={project} environment={environment} />
              <span className="ml-auto text-xs text-ink2">
                <RelativeTime at={one.date} />
              </span>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function thingOf(planned: Planned, nameOf: (key: string) => string) {
  if (planned.kind === "request") {
    const { request } = planned;
    return {
      id: request._id,
      name: request.description,
      environment: approvalPlace(request).environment,
    };
  }
  const { _id: id, flagKey, environmentKey: environment } = planned.change;
  return { id, name: nameOf(flagKey), environment };
}
