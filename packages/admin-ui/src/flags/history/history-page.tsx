import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { type AuditSearch, auditSearchOf } from "../../audit/audit-search.ts";
import { t } from "../../audit/text.ts";
import { Timeline } from "../../audit/timeline.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFlag } from "../flag-queries.ts";
import { t as flags } from "../text.ts";

/** What was done to one flag. */
export function HistoryPage() {
  const { project = "", flag: key = "" } = useParams({ strict: false });
  const search = auditSearchOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const flag = useFlag(project, key);
  const onSearch = useCallback(
    (next: AuditSearch) => void navigate({ to: ".", search: next, replace: true }),
    [navigate],
  );
  const name = flag.data?.name ?? key;
  return (
    <>
      <PageHeader
        title={t("audit.history.title", { flag: name })}
        isName
        parents={[
          <Link key="flags" to="/p/$project/flags" params={{ project }}>
            {flags("flag.list.title")}
          </Link>,
          <Link
            key="flag"
            to="/p/$project/flags/$flag/targeting"
            params={{ project, flag: key }}
            translate="no"
          >
            {name}
          </Link>,
        ]}
      />
      <Timeline
        scope={{ project, flag: key }}
        search={search}
        onSearch={onSearch}
        what={t("audit.history.what")}
        empty={t("audit.history.empty")}
      />
    </>
  );
}
