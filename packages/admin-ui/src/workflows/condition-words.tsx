import { Link } from "@tanstack/react-router";
import { CalendarClock, UserRoundCheck } from "lucide-react";
import { formatMoment } from "../text/format.ts";
import { RelativeTime } from "../ui/time.tsx";
import { t } from "./text.ts";
import type { Condition } from "./workflow.ts";

interface ConditionProps {
  readonly project: string;
  readonly condition: Condition;
}

/** What a stage waits for, and whether it has come. */
export function ConditionWords({ project, condition }: ConditionProps) {
  const Icon = condition.kind === "schedule" ? CalendarClock : UserRoundCheck;
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-[13px] text-ink2">
      <Icon size={14} className="shrink-0 text-ink3" aria-hidden />
      {condition.kind === "schedule" ? (
        <ScheduleWords condition={condition} />
      ) : (
        <ApprovalWords project={project} condition={condition} />
      )}
    </p>
  );
}

function ScheduleWords({ condition }: { readonly condition: Condition }) {
  const { _execution, executionDate, waitDuration, waitDurationUnit } = condition;
  if (_execution.stopDate !== undefined)
    return (
      <span>
        {t.rich("condition.schedule.met", {
          when: <RelativeTime key="when" at={_execution.stopDate} />,
        })}
      </span>
    );
  if (executionDate !== undefined)
    return <span>{t("condition.schedule.at", { moment: formatMoment(executionDate) })}</span>;
  if (waitDuration === undefined || waitDurationUnit === undefined)
    return <span>{t("condition.schedule.soon")}</span>;
  return <span>{t(`condition.schedule.${waitDurationUnit}`, { count: waitDuration })}</span>;
}

function ApprovalWords({ project, condition }: ConditionProps) {
  const { _execution, approvalRequestId, reviewStatus } = condition;
  if (_execution.stopDate !== undefined)
    return (
      <span>
        {t.rich("condition.approval.met", {
          when: <RelativeTime key="when" at={_execution.stopDate} />,
        })}
      </span>
    );
  return (
    <>
      <span>{t("condition.approval")}</span>
      {reviewStatus === "declined" && (
        <span className="text-danger">{t("condition.approval.declined")}</span>
      )}
      {approvalRequestId !== undefined && (
        <Link
          to="/p/$project/approvals/$id"
          params={{ project, id: approvalRequestId }}
          className="font-medium text-link hover:underline"
        >
          {t("condition.approval.review")}
        </Link>
      )}
    </>
  );
}
