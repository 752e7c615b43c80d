import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "react-aria-components";
import { formatMoment } from "../../text/format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { inset } from "./chart-options.ts";
import type { Change } from "./evaluation-queries.ts";
import { grouped } from "./series.ts";
import { t } from "./text.ts";

interface ChangesInChartProps {
  readonly changes: readonly Change[];
  readonly from: number;
  readonly to: number;
}

/** Changes nearer to each other than this share of the time are one mark. */
const nearShare = 0.02;

/** When the flag was changed: a mark at each place, which says what was done. */
export function ChangesInChart({ changes, from, to }: ChangesInChartProps) {
  const within = changes.filter(({ date }) => date >= from && date <= to);
  const groups = grouped(within, (to - from) * nearShare);
  if (groups.length === 0) return null;
  const { left, right, bottom } = inset;
  return (
    <ul
      aria-label={t("changes.list")}
      style={{ left, right, bottom }}
      className="pointer-events-none absolute top-0"
    >
      {groups.map((group) => (
        <li
          key={group.date}
          style={{ left: `${((group.date - from) / (to - from)) * 100}%` }}
          className="absolute inset-y-0 w-px border-l border-dashed border-ink3"
        >
          <Mark {...group} />
        </li>
      ))}
    </ul>
  );
}

function Mark({ date, changes }: { readonly date: number; readonly changes: readonly Change[] }) {
  const [isOpen, setOpen] = useState(false);
  const words = t("changes.at", { count: changes.length, time: formatMoment(date) });
  return (
    <>
      <Button
        aria-label={words}
        onPress={() => setOpen(true)}
        className="pointer-events-auto absolute top-0 left-0 grid h-6 min-w-6 -translate-x-1/2 place-items-center rounded-full border border-line2 bg-surface px-1 text-[11px] font-semibold text-ink2 data-hovered:bg-chosen data-hovered:text-ink"
      >
        {changes.length}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={words}>
        <ol className="space-y-3 pt-1">
          {changes.map((change) => (
            <ChangeWords key={change._id} change={change} />
          ))}
        </ol>
      </Dialog>
    </>
  );
}

function ChangeWords({ change }: { readonly change: Change }) {
  const { project } = useFlagPage();
  const { date, subject, description, comment } = change;
  return (
    <li>
      <p className="text-xs text-ink3">
        <span translate="no">{subject.name}</span> · <time>{formatMoment(date)}</time>
      </p>
      <Link
        to="/p/$project/audit/$entry"
        params={{ project, entry: change._id }}
        translate="no"
        className="whitespace-pre-line text-link underline underline-offset-2"
      >
        {description}
      </Link>
      {comment !== undefined && comment !== "" && (
        <p translate="no" className="text-ink2 italic">
          {comment}
        </p>
      )}
    </li>
  );
}
