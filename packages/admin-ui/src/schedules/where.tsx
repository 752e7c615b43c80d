import { useEnvironments } from "../flags/flag-queries.ts";
import { Badge } from "../ui/badge.tsx";

/** The environment that something is planned in. */
export function Where({
  project,
  environment: key,
}: {
  readonly project: string;
  readonly environment: string;
}) {
  const environment = useEnvironments(project).data?.items.find((one) => one.key === key);
  return (
    <Badge tone={environment?.critical === true ? "critical" : "outline"}>
      <span translate="no">{environment?.name ?? key}</span>
    </Badge>
  );
}
