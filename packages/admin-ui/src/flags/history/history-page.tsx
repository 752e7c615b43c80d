import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { type AuditSearch, auditSearchOf } from "../../audit/audit-search.ts";
import { t } from "../../audit/text.ts";
import { Timeline } from "../../audit/timeline.tsx";

/** What was done to one flag, in all environments. */
export function HistoryPage() {
  const { project = "", flag = "" } = useParams({ strict: false });
  const search = auditSearchOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const onSearch = useCallback(
    (next: AuditSearch) => void navigate({ to: ".", search: next, replace: true }),
    [navigate],
  );
  return (
    <Timeline
      scope={{ project, flag }}
      search={search}
      onSearch={onSearch}
      what={t("audit.history.what")}
      empty={t("audit.history.empty")}
    />
  );
}
