import { Link } from "@tanstack/react-router";
import { Flag, Users } from "lucide-react";
import { Badge } from "../ui/badge.tsx";
import type { ReportRow } from "./report.ts";
import { t } from "./text.ts";
import { outcomeInWords } from "./words.ts";

interface ReportRowProps {
  readonly project: string;
  readonly row: ReportRow;
  readonly isDone: boolean;
}

const tones = { whole: "on", changed: "info", left: "danger" } as const;

/** One flag or segment of the report: what becomes of it, and why. */
export function ReportRowItem({ project, row, isDone }: ReportRowProps) {
  const { kind, environmentKey, outcome, reasons } = row;
  const Icon = kind === "flag" ? Flag : Users;
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <Icon
        size={16}
        className="mt-1 shrink-0 text-ink3"
        role="img"
        aria-label={t(`import.kind.${kind}`)}
      />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex min-w-0 flex-1 basis-36 flex-wrap items-center gap-2">
          <ThingKey project={project} row={row} isLinked={isDone && outcome !== "left"} />
          {environmentKey !== undefined && (
            <Badge tone="outline">
              <span translate="no">{environmentKey}</span>
            </Badge>
          )}
        </span>
        <Badge tone={tones[outcome]}>{outcomeInWords(outcome, isDone)}</Badge>
        {reasons.length > 0 && (
          <ul className="basis-full space-y-0.5 text-[13px] text-ink2" translate="no">
            {reasons.map((reason) => (
              <li key={reason} className="wrap-anywhere">
                {reason}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function ThingKey(props: {
  readonly project: string;
  readonly row: ReportRow;
  readonly isLinked: boolean;
}) {
  const { project, row, isLinked } = props;
  const { kind, key, environmentKey } = row;
  if (!isLinked) {
    return (
      <code translate="no" className="min-w-0 font-mono text-[13px] break-all">
        {key}
      </code>
    );
  }
  const look =
    "inline-flex min-h-6 min-w-0 items-center font-mono text-[13px] break-all text-link hover:underline";
  return kind === "flag" ? (
    <Link
      to="/p/$project/flags/$flag/targeting"
      params={{ project, flag: key }}
      translate="no"
      className={look}
    >
      {key}
    </Link>
  ) : (
    <Link
      to="/p/$project/segments/$segment"
      params={{ project, segment: key }}
      search={environmentKey === undefined ? {} : { env: environmentKey }}
      translate="no"
      className={look}
    >
      {key}
    </Link>
  );
}
