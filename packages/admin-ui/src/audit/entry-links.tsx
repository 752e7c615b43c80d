import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Undo2 } from "lucide-react";
import { apiPath, resource } from "../api/queries.ts";
import { type AuditEntry, type AuditPageOfEntries, revertedBy } from "./audit-entry.ts";
import { auditPath } from "./audit-queries.ts";
import { t } from "./text.ts";

/** From an entry to the one it takes back, and to those that take it back. */
export function EntryLinks({
  entry,
  project,
}: {
  readonly entry: AuditEntry;
  readonly project: string;
}) {
  const taken = revertedBy(entry);
  const original = useQuery({
    ...resource<AuditEntry>(apiPath("auditlog", taken ?? "")),
    enabled: taken !== undefined,
    staleTime: Infinity,
  });
  const query = new URLSearchParams({ q: entry._id, limit: "10" });
  const named = useQuery(resource<AuditPageOfEntries>(`${auditPath}?${query}`));
  const reverting = named.data?.items.filter((one) => revertedBy(one) === entry._id) ?? [];
  if (original.data === undefined && reverting.length === 0) return null;
  return (
    <ul className="space-y-1 text-[13px]">
      {original.data !== undefined && (
        <Line>
          {t.rich("audit.reverts", {
            entry: <EntryLink entry={original.data} project={project} />,
          })}
        </Line>
      )}
      {reverting.map((one) => (
        <Line key={one._id}>
          {t.rich("audit.revertedBy", { entry: <EntryLink entry={one} project={project} /> })}
        </Line>
      ))}
    </ul>
  );
}

function Line({ children }: { readonly children: React.ReactNode }) {
  return (
    <li className="flex items-start gap-1.5">
      <Undo2 size={14} aria-hidden className="mt-0.5 shrink-0 text-ink3" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}

function EntryLink({ entry, project }: { readonly entry: AuditEntry; readonly project: string }) {
  return (
    <Link
      key={entry._id}
      to="/p/$project/audit/$entry"
      params={{ project, entry: entry._id }}
      translate="no"
      className="text-link underline"
    >
      {entry.title}
    </Link>
  );
}
