import { Link } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { formatMoment } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { TimeDialog } from "./change-menu.tsx";
import { cancel } from "./schedule-queries.ts";
import type { ScheduledChange } from "./scheduled-change.ts";
import { t } from "./text.ts";
import { Where } from "./where.tsx";

interface FailedChangesProps {
  readonly changes: readonly ScheduledChange[];
  readonly project: string;
}

/** What could not be done at its time, and why; it waits for another time, or to be removed. */
export function FailedChanges({ changes, project }: FailedChangesProps) {
  return (
    <section className="mb-5 rounded-lg border border-danger/40 bg-surface">
      <h2 className="flex items-center gap-2 rounded-t-lg border-b border-danger/40 bg-dangerbg px-3 py-2 font-semibold text-danger">
        <CircleAlert size={16} aria-hidden />
        {t("schedule.failed")}
      </h2>
      <ul className="divide-y divide-line">
        {changes.map((change) => (
          <FailedChange key={change._id} change={change} project={project} />
        ))}
      </ul>
    </section>
  );
}

function FailedChange({
  change,
  project,
}: {
  readonly change: ScheduledChange;
  readonly project: string;
}) {
  const { flagKey, environmentKey, executionDate, conflicts = [] } = change;
  const [isMoving, setMoving] = useState(false);
  const unavailable = useUnavailable(
    "updateScheduledChanges",
    `proj/${project}:env/${environmentKey}:flag/${flagKey}`,
  );
  const removing = useChange<void>({
    path: "/api/v2/projects/",
    send: () => cancel(project, change),
    done: () => t("schedule.cancel.done"),
    failed: () => t("schedule.cancel.failed"),
  });
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            to="/p/$project/flags/$flag/targeting"
            params={{ project, flag: flagKey }}
            search={{ env: environmentKey }}
            translate="no"
            className="font-mono text-[13px] font-semibold text-link underline"
          >
            {flagKey}
          </Link>
          <Where project={project} environment={environmentKey} />
        </div>
        <p translate="no" className="mt-1">
          {conflicts[0]?.reason}
        </p>
        <p className="mt-0.5 text-xs text-ink2">
          {t("schedule.failed.at", { time: formatMoment(executionDate) })}
        </p>
      </div>
      <div className="flex gap-2">
        <Button look="quiet" unavailable={unavailable} onPress={() => removing.mutate()}>
          {t("schedule.dismiss")}
        </Button>
        <Button unavailable={unavailable} onPress={() => setMoving(true)}>
          {t("schedule.again")}
        </Button>
      </div>
      {isMoving && (
        <TimeDialog change={change} project={project} onClose={() => setMoving(false)} />
      )}
    </li>
  );
}
