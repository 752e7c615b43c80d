import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { type AuditSearch, auditSearchOf } from "../../audit/audit-search.ts";
import { t } from "../../audit/text.ts";
import { Timeline } from "../../audit/timeline.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";

/** What was done to one flag. */
export function HistoryPage() {
  const { project, flag } = useFlagPage();
  const search = auditSearchOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const onSearch = useCallback(
    (next: AuditSearch) =>
      void navigate({
        to: ".",
        // The environment that the page is about stays.
        search: ({ env }: { env?: string }) => ({ ...(env === undefined ? {} : { env }), ...next }),
        replace: true,
      }),
    [navigate],
  );
  return (
    <Timeline
      scope={{ project, flag: flag.key }}
      search={search}
      onSearch={onSearch}
      what={t("audit.history.what")}
      empty={t("audit.history.empty")}
    />
  );
}
