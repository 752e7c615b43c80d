import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useCallback } from "react";
import { buttonClass } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { type AuditSearch, auditQuery, auditSearchOf } from "./audit-search.ts";
import { ChainLine } from "./chain-line.tsx";
import { t } from "./text.ts";
import { Timeline } from "./timeline.tsx";

/** Who did what in the project. */
export function AuditPage() {
  const { project = "" } = useParams({ strict: false });
  const search = auditSearchOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const onSearch = useCallback(
    (next: AuditSearch) => void navigate({ to: ".", search: next, replace: true }),
    [navigate],
  );
  const scope = { project };
  return (
    <>
      <PageHeader
        title={t("audit.title")}
        actions={
          <a
            href={`/api/v2/audit/export?${auditQuery(scope, search, Date.now())}`}
            download={`audit-${project}.ndjson`}
            title={t("audit.export.words")}
            className={buttonClass()}
          >
            <Download size={16} aria-hidden />
            {t("audit.export")}
          </a>
        }
      >
        {t("audit.words")}
      </PageHeader>
      <ChainLine />
      <Timeline
        scope={scope}
        search={search}
        onSearch={onSearch}
        what={t("audit.what")}
        empty={t("audit.empty")}
      />
    </>
  );
}
