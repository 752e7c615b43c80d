import {
  Clock,
  GitPullRequestArrow,
  KeyRound,
  type LucideIcon,
  MonitorSmartphone,
  Server,
  Workflow,
  Zap,
} from "lucide-react";
import type { AuditEntry } from "./audit-entry.ts";
import { type AuditDoor, auditDoors } from "./audit-search.ts";
import { t } from "./text.ts";

const icons: Readonly<Record<AuditDoor, LucideIcon>> = {
  member: MonitorSmartphone,
  token: KeyRound,
  schedule: Clock,
  trigger: Zap,
  approval: GitPullRequestArrow,
  workflow: Workflow,
  system: Server,
};

/** By which way somebody came to change something. */
export function Door({ entry }: { readonly entry: Pick<AuditEntry, "_method"> }) {
  const door = auditDoors.find((one) => one === entry._method);
  if (door === undefined) return <span translate="no">{entry._method}</span>;
  const Icon = icons[door];
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <Icon size={13} aria-hidden className="shrink-0 text-ink3" />
      {t(`audit.door.${door}`)}
    </span>
  );
}
