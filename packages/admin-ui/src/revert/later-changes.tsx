import { useQuery } from "@tanstack/react-query";
import { resource } from "../api/queries.ts";
import type { AuditEntry, AuditPageOfEntries } from "../audit/audit-entry.ts";
import { auditPath } from "../audit/audit-queries.ts";
import { Notice } from "../ui/notice.tsx";
import { t } from "./text.ts";

const shown = 5;

/** What came after an entry and goes with it. */
export function LaterChanges({
  spec,
  entry,
}: {
  readonly spec: string;
  readonly entry: AuditEntry;
}) {
  const query = new URLSearchParams({ spec, after: String(entry.date), limit: "50" });
  const { data } = useQuery(resource<AuditPageOfEntries>(`${auditPath}?${query}`));
  if (data === undefined) return null;
  const at = data.items.findIndex(({ _id }) => _id === entry._id);
  const later = at === -1 ? data.items : data.items.slice(0, at);
  if (later.length === 0) return null;
  const hasMore = data._links.next !== undefined;
  return (
    <Notice tone="critical">
      <p>
        {hasMore
          ? t("restore.laterMore", { count: later.length })
          : t("restore.later", { count: later.length })}
      </p>
      <ul translate="no" className="mt-1 list-disc pl-5 text-[13px]">
        {later.slice(0, shown).map(({ _id, title }) => (
          <li key={_id}>{title}</li>
        ))}
      </ul>
    </Notice>
  );
}
