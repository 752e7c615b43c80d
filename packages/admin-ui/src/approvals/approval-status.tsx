import { Check, Clock, X } from "lucide-react";
import { formatMoment } from "../text/format.ts";
import { Badge } from "../ui/badge.tsx";
import type { ApprovalRequest } from "./approval.ts";
import { t } from "./text.ts";

/** How far a request has come, in words. */
export function ApprovalStatus({ request }: { readonly request: ApprovalRequest }) {
  const { status, reviewStatus, executionDate = 0 } = request;
  switch (status) {
    case "completed":
      return (
        <Badge tone="on" icon={<Check size={12} aria-hidden />}>
          {t("approvals.status.completed")}
        </Badge>
      );
    case "failed":
      return (
        <Badge tone="danger" icon={<X size={12} aria-hidden />}>
          {t("approvals.status.failed")}
        </Badge>
      );
    case "scheduled":
      return (
        <Badge tone="info" icon={<Clock size={12} aria-hidden />}>
          {t("approvals.status.scheduled", { time: formatMoment(executionDate) })}
        </Badge>
      );
    case "pending":
      return <Verdict status={reviewStatus} />;
    default:
      return status satisfies never;
  }
}

function Verdict({ status }: { readonly status: ApprovalRequest["reviewStatus"] }) {
  if (status === "approved")
    return (
      <Badge tone="on" icon={<Check size={12} aria-hidden />}>
        {t("approvals.status.approved")}
      </Badge>
    );
  if (status === "declined")
    return (
      <Badge tone="danger" icon={<X size={12} aria-hidden />}>
        {t("approvals.status.declined")}
      </Badge>
    );
  return <Badge icon={<Clock size={12} aria-hidden />}>{t("approvals.status.pending")}</Badge>;
}
