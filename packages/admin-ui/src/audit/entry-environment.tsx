import { useEnvironments } from "../flags/flag-queries.ts";
import { Badge } from "../ui/badge.tsx";
import { type AuditEntry, placeOf } from "./audit-entry.ts";

/** The environment that an entry is about, where it is about one. */
export function EntryEnvironment({
  entry,
  project,
}: {
  readonly entry: AuditEntry;
  readonly project: string;
}) {
  const environments = useEnvironments(project).data?.items;
  const { environment: key } = placeOf(entry);
  if (key === undefined || entry.kind === "environment") return null;
  const environment = environments?.find((one) => one.key === key);
  return (
    <Badge tone={environment?.critical === true ? "critical" : "outline"}>
      <span translate="no">{environment?.name ?? key}</span>
    </Badge>
  );
}
